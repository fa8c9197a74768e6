"""Building blocks of AWS that several hosting options share."""
