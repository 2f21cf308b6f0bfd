"""The sample documents, and how those in office formats are made from plain text."""
