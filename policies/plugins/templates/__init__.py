"""What `stocktide policies new` begins with: each a working plug-in by itself."""
