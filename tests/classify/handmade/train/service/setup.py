import os

from setuptools import setup

version = os.environ.get('VERSION', '0')
setup(name='service', version=version, install_requires=['flask'], entry_points={'console_scripts': ['service=service:main']})
