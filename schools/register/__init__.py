"""Reading the national school register: from a file as received to the portal's own schools.

`layouts` says which kinds of file there are. `unpacking` and `reading` turn a file into rows of text, `keeping` keeps
them, `values`, `columns` and `rows` say what a row of establishments means, `staging` stages it, `applying` changes the
schools in set-based SQL, `gate` says what a person must look at first, and `importing` is the way in. `keys` holds the
sort and search keys, for schools from any source.
"""
