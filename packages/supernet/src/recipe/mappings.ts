/** Layouts of other projects' weights, with what they are. */
export const MAPPINGS = {
  "cream-autoformer": "supernets and subnets of AutoFormer's repository (microsoft/Cream)",
  "timm-vit": "ViT and DeiT of timm",
  "spos-shufflenetv2": "supernets and subnets of SPOS's repository (megvii-model/SinglePathOneShot)",
  "detnas-shufflenetv2": "supernets and subnets of DetNAS's repository (megvii-model/DetNAS)",
  "mmrazor-shufflenetv2": "SPOS and DetNAS of MMRazor: supernets, subnets, and detectors around them",
  "torchvision-resnet50": "torchvision's ResNet-50, and other ResNets with bottlenecks",
  "torchvision-faster-rcnn": "torchvision's Faster R-CNN with a feature pyramid",
  "torchvision-retinanet": "torchvision's RetinaNet",
  "torchvision-fcos": "torchvision's FCOS",
} as const;

export type MappingName = keyof typeof MAPPINGS;

export const MAPPING_NAMES = Object.keys(MAPPINGS) as [MappingName, ...MappingName[]];
