from kedro.pipeline import Pipeline, node, pipeline

from .nodes import clean, split


def create_pipeline(**kwargs) -> Pipeline:
    return pipeline(
        [
            node(clean, inputs="raw", outputs="clean", name="clean"),
            node(split, inputs="clean", outputs=["train", "test"], name="split"),
        ]
    )
