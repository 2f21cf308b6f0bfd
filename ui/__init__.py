"""The face of policyqa: a page that answers and shows the sentence that proves each answer.

Started with ``python -m ui``. Nothing heavy is imported here.
"""
