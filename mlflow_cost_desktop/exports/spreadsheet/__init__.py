"""An estimate as a workbook for a spreadsheet program, with formulas that live on."""
