from airbyte_cdk.sources.declarative.transformations.config_transformations.config_transformation import ConfigTransformation
from airbyte_cdk.sources.declarative.validators.validation_strategy import ValidationStrategy


class RegionOfKey(ConfigTransformation):
    def transform(self, config):
        config["region"] = config["key"].rpartition("-")[2]


class KnownRegion(ValidationStrategy):
    def validate(self, value):
        if value not in ("eu", "us"):
            raise ValueError(f"{value} is no region")
