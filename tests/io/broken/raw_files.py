"""The files in raw/: what is no JSON, or JSON that only careless readers take."""

from pathlib import Path

RAW = Path(__file__).parent / "raw"

# File name, and parts of the complaint: where, what, remedy.
RAW_FILES = [
    ("backslash.json", "line 1, column", "not JSON: invalid \\", "Write a backslash as"),
    ("blank.json", "", "the file is empty", "Copy or export"),
    ("bom_only.json", "", "the file is empty", "Copy or export"),
    ("comment.json", "line 2, column 3", "not JSON", "key in double quotes"),
    ("deep_lists.json", "", "nested more than 50 deep", "file you mean"),
    ("deep_objects.json", "", "nested more than 50 deep", "file you mean"),
    ("empty.json", "", "the file is empty", "Copy or export"),
    ("key_twice.json", "", "the key 'name' is there more than once", "Keep one"),
    ("latin1.json", "line 2", "is not UTF-8", '"UTF-8"'),
    ("line_break_in_text.json", "line 1, column 15", "control character", r"as \n"),
    ("long_number.json", "line 1, column ", "thousands of digits", "Correct it"),
    ("missing_colon.json", "line 1, column 9", "':' delimiter", "Put a colon"),
    ("missing_comma.json", "line 3, column 3", "',' delimiter", "Put a comma"),
    ("not_json.json", "line 1, column 1", "expecting value", "Write text in double quotes"),
    ("nul.json", "line 1, column", "control character", "line break"),
    ("python_words.json", "line 1, column 14", "expecting value", "true, false"),
    ("single_quotes.json", "line 1, column 2", "property name", "key in double quotes"),
    ("trailing_comma.json", "line ", "not JSON", "comma"),
    ("trailing_comma_in_list.json", "line 1, column ", "not JSON", "comma"),
    ("truncated.json", "line 4, column", "ends in the middle", "Copy or export"),
    ("truncated_text.json", "line 1, column", "unterminated", "Close the text"),
    ("two_objects.json", "line 2, column 1", "extra data", "Keep one object"),
    ("unquoted_key.json", "line 1, column 2", "property name", "key in double quotes"),
    ("utf16.json", "line 1", "is not UTF-8", '"UTF-8"'),
    ("zip.json", "line 1", "is not UTF-8", '"UTF-8"'),
]
