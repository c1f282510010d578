"""The workbench and the JSON API: a desk in the browser, over one ledger, in one process."""
