import { ops } from "@supernet/torch";
import type { Rule } from "./rename.js";

// If two rules have the same target, the first has torchvision's current name. The second has the name from before
// 0.13, which published weights still use.

const BACKBONE: readonly Rule[] = [
  { theirs: "backbone.body.*", ours: "backbone.*" },
  { theirs: "backbone.fpn.inner_blocks.*.0.*", ours: "neck.lateral_convs.*.conv.*" },
  { theirs: "backbone.fpn.inner_blocks.*.*", ours: "neck.lateral_convs.*.conv.*" },
  { theirs: "backbone.fpn.layer_blocks.*.0.*", ours: "neck.fpn_convs.*.conv.*" },
  { theirs: "backbone.fpn.layer_blocks.*.*", ours: "neck.fpn_convs.*.conv.*" },
];

export const fasterRcnnRules: readonly Rule[] = [
  ...BACKBONE,
  { theirs: "rpn.head.conv.0.0.*", ours: "rpn_head.rpn_conv.*" },
  { theirs: "rpn.head.conv.*", ours: "rpn_head.rpn_conv.*" },
  { theirs: "rpn.head.cls_logits.*", ours: "rpn_head.rpn_cls.*" },
  { theirs: "rpn.head.bbox_pred.*", ours: "rpn_head.rpn_reg.*" },
  { theirs: "roi_heads.box_head.fc6.*", ours: "roi_head.bbox_head.shared_fcs.0.*" },
  { theirs: "roi_heads.box_head.fc7.*", ours: "roi_head.bbox_head.shared_fcs.1.*" },
  {
    theirs: "roi_heads.box_predictor.cls_score.*",
    ours: "roi_head.bbox_head.fc_cls.*",
    // Row of the background: first in torchvision, last in supernet.
    toOurs: (rows) => rows.roll([-1], [0]),
    toTheirs: (rows) => rows.roll([1], [0]),
  },
  {
    theirs: "roi_heads.box_predictor.bbox_pred.*",
    ours: "roi_head.bbox_head.fc_reg.*",
    // Four rows for the background's box, which is never read. Only torchvision has them.
    toOurs: (rows) => rows.slice(0, 4),
    toTheirs: (rows) => ops.cat([ops.zerosLike(rows.slice(0, 0, 4)), rows], 0),
  },
];

/** Backbone whose pyramid has two levels above three maps. */
const BACKBONE_TO_P7: readonly Rule[] = [
  { theirs: "backbone.fpn.extra_blocks.p6.*", ours: "neck.fpn_convs.3.conv.*" },
  { theirs: "backbone.fpn.extra_blocks.p7.*", ours: "neck.fpn_convs.4.conv.*" },
  ...BACKBONE,
];

export const retinaNetRules: readonly Rule[] = [
  ...BACKBONE_TO_P7,
  { theirs: "head.classification_head.conv.*.0.*", ours: "bbox_head.cls_convs.*.conv.*" },
  { theirs: "head.classification_head.cls_logits.*", ours: "bbox_head.retina_cls.*" },
  { theirs: "head.regression_head.conv.*.0.*", ours: "bbox_head.reg_convs.*.conv.*" },
  { theirs: "head.regression_head.bbox_reg.*", ours: "bbox_head.retina_reg.*" },
  // Names from before 0.13, which count activations and convolutions together.
  ...[0, 1, 2, 3].flatMap((i) => [
    { theirs: `head.classification_head.conv.${2 * i}.*`, ours: `bbox_head.cls_convs.${i}.conv.*` },
    { theirs: `head.regression_head.conv.${2 * i}.*`, ours: `bbox_head.reg_convs.${i}.conv.*` },
  ]),
];

export const fcosRules: readonly Rule[] = [
  ...BACKBONE_TO_P7,
  // torchvision counts convolutions, norms and activations together.
  ...[0, 1, 2, 3].flatMap((i) => [
    { theirs: `head.classification_head.conv.${3 * i}.*`, ours: `bbox_head.cls_convs.${i}.conv.*` },
    { theirs: `head.classification_head.conv.${3 * i + 1}.*`, ours: `bbox_head.cls_convs.${i}.gn.*` },
    { theirs: `head.regression_head.conv.${3 * i}.*`, ours: `bbox_head.reg_convs.${i}.conv.*` },
    { theirs: `head.regression_head.conv.${3 * i + 1}.*`, ours: `bbox_head.reg_convs.${i}.gn.*` },
  ]),
  { theirs: "head.classification_head.cls_logits.*", ours: "bbox_head.conv_cls.*" },
  { theirs: "head.regression_head.bbox_reg.*", ours: "bbox_head.conv_reg.*" },
  { theirs: "head.regression_head.bbox_ctrness.*", ours: "bbox_head.conv_centerness.*" },
];

/** Rules between the names of torchvision's detectors and supernet's, by the kind of detector. */
export const torchvisionDetectorRules = {
  "faster-rcnn": fasterRcnnRules,
  retinanet: retinaNetRules,
  fcos: fcosRules,
} as const satisfies Readonly<Record<string, readonly Rule[]>>;
