"""Starts the program."""

import argparse

from lib.strings import slug


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("text")
    print(slug(parser.parse_args().text))


if __name__ == "__main__":
    main()
