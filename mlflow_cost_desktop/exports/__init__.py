"""Estimates as documents for others."""
