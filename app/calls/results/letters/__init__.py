"""The letter to each city about a result: drafted, reviewed by a person, sent at publication."""
