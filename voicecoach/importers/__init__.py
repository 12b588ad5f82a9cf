"""Importers: other people's formats become a draft of a routine file, one module each."""
