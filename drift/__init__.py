"""Faults planted where the site could drift, one at a time: is each noticed?"""
