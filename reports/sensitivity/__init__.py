"""Which assumptions of a world drive the answer: what was found, in words, pictures, tables and files."""
