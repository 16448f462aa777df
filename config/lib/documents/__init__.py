"""Party documents: facts become one neutral `PartyDocument`, and that becomes DOCX, PDF and XLSX bytes.

`party` says what a document consists of, `rules` how it must look on its day, `wording` how numbers and days are
written, `lint` what an office would send back; `docx`, `pdf` and `xlsx` render. The same facts always give the same bytes.
"""
