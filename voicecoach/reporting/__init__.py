"""Reporting: what was done in a period as one page of HTML, to be printed or sent to a therapist."""
