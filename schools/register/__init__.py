"""Reading the national school register: from a file as received to the portal's own schools.

`unpacking` and `reading` turn a file into rows of text, `values` and `columns` say what a row means, `staging` keeps
and stages it, `applying` changes the schools in set-based SQL, `gate` says what a person must look at first, and
`importing` is the way in. `keys` holds the sort and search keys, for schools from any source.
"""
