"""Prints torchvision's AutoAugment policies as JSON, with the 10 magnitudes of each operation for an image of 200 rows
and 300 columns."""
import json

from torchvision.transforms import AutoAugment, AutoAugmentPolicy

augment = AutoAugment()
space = augment._augmentation_space(10, (200, 300))
print(
    json.dumps(
        {
            "policies": {policy.value: augment._get_policies(policy) for policy in AutoAugmentPolicy},
            "magnitudes": {
                name: {"values": values.tolist() if values.ndim else None, "signed": signed}
                for name, (values, signed) in space.items()
            },
        }
    )
)
