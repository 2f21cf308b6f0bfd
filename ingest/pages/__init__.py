"""What is printed on pages, of PDFs and of scans: characters with their places → text in reading order.

layout      characters → lines; columns
grid        the ruled tables of a rendered page
aligned     tables without rules, whose cells stand below one another
furniture   page numbers and running heads
flow        lines and tables of all pages → paragraphs
legible     whether a text layer can be trusted
pdfium      a PDF's pages: characters, pictures, rendering
guard       PDFs that would take all memory, or are cut off
unlock      encrypted PDFs that open without a password

Coordinates run right and down, in one unit a page; thresholds are in em (the size of a full-width
character), so that points and pixels serve alike.
"""
