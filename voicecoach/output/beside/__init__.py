"""What stands beside a recording: captions, a cue sheet, chapters for podcasts, a playlist."""
