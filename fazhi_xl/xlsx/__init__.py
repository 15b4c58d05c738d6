"""Spreadsheets: the only room that knows spreadsheet libraries; reads returns, writes forms and reports."""
