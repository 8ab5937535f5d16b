from setuptools import setup

setup(name="other", version="0.1")
