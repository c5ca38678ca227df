"""Speed and reliability, each figure beside a named peer in the same run. `python -m benchmarks` runs most of them."""
