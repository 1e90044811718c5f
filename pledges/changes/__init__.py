"""The procedure of adjustments (조정): wording before and after, requests, moves, register."""
