"""Reading the national school register: from a file as received to the portal's own schools.

`layouts` says which kinds of file there are. `unpacking` and `reading` turn a file into rows of text, `keeping` keeps
them, `values`, `columns` and `rows` say what a row of establishments means, `staging` stages it, `applying` changes the
schools in set-based SQL, and `importing` is the way in. `gate`, and `doubts` with `zeros`, say what a person must look
at first, `odd` what is strange and yet possible. `noting` writes down what a register says differently from the last,
`notices` tells the hubs, and `codes` keeps the register's lists. `keys` holds the sort and search keys, for schools
from any source.

The other files go the same way: `childrens_centres` as establishments do, `links`, `groups` and `group_links` by
`sheets`, which stages files of which every row stands by itself. `trusts` meets the trusts of any file, and `chains`
follows the links from school to school.
"""
