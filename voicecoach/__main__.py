"""Run the command line: ``python -m voicecoach``."""

from voicecoach.cli import main

if __name__ == "__main__":
    main(prog_name="voicecoach")
