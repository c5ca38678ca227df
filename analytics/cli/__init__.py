"""The commands of `python -m analytics`, one function each; `arguments` says what they take."""
