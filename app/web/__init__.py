"""What every feature's pages share: access, forms, errors, languages, lists."""
