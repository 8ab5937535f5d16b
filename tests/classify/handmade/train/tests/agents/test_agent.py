import unittest

from agents.researcher import ResearchAgent


class TestAgent(unittest.TestCase):
    def test_it(self):
        self.assertTrue(ResearchAgent)
