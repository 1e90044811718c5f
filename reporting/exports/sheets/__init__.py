"""Rows and documents in, .xlsx and .csv out. Only this folder writes with openpyxl."""

from reporting.exports.sheets.book import workbook
from reporting.exports.sheets.csv_file import csv_bytes
from reporting.exports.sheets.lists import sheet

__all__ = ["csv_bytes", "sheet", "workbook"]
