"""The demo city: made from a seed, with planted violations whose truth is kept aside."""
