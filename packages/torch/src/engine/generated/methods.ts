// Written by src/generator from the schemas of libtorch 1.13.0; do not edit.
import { Tensor } from "../tensor.js";
import * as ops from "./ops.js";

declare module "../tensor.js" {
  interface Tensor {
    abs(): Tensor;
    abs_(): Tensor;
    absolute(): Tensor;
    absolute_(): Tensor;
    acos(): Tensor;
    acos_(): Tensor;
    acosh(): Tensor;
    acosh_(): Tensor;
    adaptiveAvgPool1d(outputSize: number | readonly number[]): Tensor;
    adaptiveAvgPool2d(outputSize: number | readonly number[]): Tensor;
    adaptiveAvgPool3d(outputSize: number | readonly number[]): Tensor;
    adaptiveMaxPool1d(outputSize: number | readonly number[]): [Tensor, Tensor];
    adaptiveMaxPool2d(outputSize: number | readonly number[]): [Tensor, Tensor];
    adaptiveMaxPool3d(outputSize: number | readonly number[]): [Tensor, Tensor];
    add(other: Tensor, options?: { alpha?: number | bigint | boolean | undefined }): Tensor;
    add(other: number | bigint | boolean, alpha?: number | bigint | boolean): Tensor;
    add_(other: Tensor, options?: { alpha?: number | bigint | boolean | undefined }): Tensor;
    add_(other: number | bigint | boolean, alpha?: number | bigint | boolean): Tensor;
    addbmm(batch1: Tensor, batch2: Tensor, options?: { beta?: number | bigint | boolean | undefined; alpha?: number | bigint | boolean | undefined }): Tensor;
    addbmm_(batch1: Tensor, batch2: Tensor, options?: { beta?: number | bigint | boolean | undefined; alpha?: number | bigint | boolean | undefined }): Tensor;
    addcdiv(tensor1: Tensor, tensor2: Tensor, options?: { value?: number | bigint | boolean | undefined }): Tensor;
    addcdiv_(tensor1: Tensor, tensor2: Tensor, options?: { value?: number | bigint | boolean | undefined }): Tensor;
    addcmul(tensor1: Tensor, tensor2: Tensor, options?: { value?: number | bigint | boolean | undefined }): Tensor;
    addcmul_(tensor1: Tensor, tensor2: Tensor, options?: { value?: number | bigint | boolean | undefined }): Tensor;
    addmm(mat1: Tensor, mat2: Tensor, options?: { beta?: number | bigint | boolean | undefined; alpha?: number | bigint | boolean | undefined }): Tensor;
    addmm_(mat1: Tensor, mat2: Tensor, options?: { beta?: number | bigint | boolean | undefined; alpha?: number | bigint | boolean | undefined }): Tensor;
    addmv(mat: Tensor, vec: Tensor, options?: { beta?: number | bigint | boolean | undefined; alpha?: number | bigint | boolean | undefined }): Tensor;
    addmv_(mat: Tensor, vec: Tensor, options?: { beta?: number | bigint | boolean | undefined; alpha?: number | bigint | boolean | undefined }): Tensor;
    addr(vec1: Tensor, vec2: Tensor, options?: { beta?: number | bigint | boolean | undefined; alpha?: number | bigint | boolean | undefined }): Tensor;
    addr_(vec1: Tensor, vec2: Tensor, options?: { beta?: number | bigint | boolean | undefined; alpha?: number | bigint | boolean | undefined }): Tensor;
    adjoint(): Tensor;
    alias(): Tensor;
    all(): Tensor;
    all(dim: number | bigint, keepdim?: boolean): Tensor;
    all(dim: string, keepdim?: boolean): Tensor;
    allclose(other: Tensor, rtol?: number, atol?: number, equalNan?: boolean): boolean;
    alphaDropout_(p: number, train: boolean): Tensor;
    amax(dim?: number | readonly number[], keepdim?: boolean): Tensor;
    amin(dim?: number | readonly number[], keepdim?: boolean): Tensor;
    aminmax(options?: { dim?: number | bigint | undefined; keepdim?: boolean | undefined }): [Tensor, Tensor];
    angle(): Tensor;
    any(): Tensor;
    any(dim: number | bigint, keepdim?: boolean): Tensor;
    any(dim: string, keepdim?: boolean): Tensor;
    arccos(): Tensor;
    arccos_(): Tensor;
    arccosh(): Tensor;
    arccosh_(): Tensor;
    arcsin(): Tensor;
    arcsin_(): Tensor;
    arcsinh(): Tensor;
    arcsinh_(): Tensor;
    arctan(): Tensor;
    arctan2(other: Tensor): Tensor;
    arctan2_(other: Tensor): Tensor;
    arctan_(): Tensor;
    arctanh(): Tensor;
    arctanh_(): Tensor;
    argmax(dim?: number | bigint | undefined, keepdim?: boolean): Tensor;
    argmin(dim?: number | bigint | undefined, keepdim?: boolean): Tensor;
    argsort(options: { stable: boolean; dim?: number | bigint | undefined; descending?: boolean | undefined }): Tensor;
    argsort(dim?: number | bigint, descending?: boolean): Tensor;
    argsort(dim: string, descending?: boolean): Tensor;
    argwhere(): Tensor;
    asStrided(size: readonly number[], stride: readonly number[], storageOffset?: number | bigint | undefined): Tensor;
    asStridedScatter(src: Tensor, size: readonly number[], stride: readonly number[], storageOffset?: number | bigint | undefined): Tensor;
    asin(): Tensor;
    asin_(): Tensor;
    asinh(): Tensor;
    asinh_(): Tensor;
    atan(): Tensor;
    atan2(other: Tensor): Tensor;
    atan2_(other: Tensor): Tensor;
    atan_(): Tensor;
    atanh(): Tensor;
    atanh_(): Tensor;
    atleast1d(): Tensor;
    atleast2d(): Tensor;
    atleast3d(): Tensor;
    avgPool1d(kernelSize: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], ceilMode?: boolean, countIncludePad?: boolean): Tensor;
    avgPool2d(kernelSize: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], ceilMode?: boolean, countIncludePad?: boolean, divisorOverride?: number | bigint | undefined): Tensor;
    avgPool3d(kernelSize: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], ceilMode?: boolean, countIncludePad?: boolean, divisorOverride?: number | bigint | undefined): Tensor;
    baddbmm(batch1: Tensor, batch2: Tensor, options?: { beta?: number | bigint | boolean | undefined; alpha?: number | bigint | boolean | undefined }): Tensor;
    baddbmm_(batch1: Tensor, batch2: Tensor, options?: { beta?: number | bigint | boolean | undefined; alpha?: number | bigint | boolean | undefined }): Tensor;
    bernoulli(): Tensor;
    bernoulli(p: Tensor): Tensor;
    bernoulli(p: number): Tensor;
    bernoulli_(p: Tensor): Tensor;
    bernoulli_(p?: number): Tensor;
    binaryCrossEntropy(target: Tensor, weight?: Tensor | undefined, reduction?: number | bigint): Tensor;
    binaryCrossEntropyWithLogits(target: Tensor, weight?: Tensor | undefined, posWeight?: Tensor | undefined, reduction?: number | bigint): Tensor;
    bincount(weights?: Tensor | undefined, minlength?: number | bigint): Tensor;
    bitwiseAnd(other: Tensor): Tensor;
    bitwiseAnd(other: number | bigint | boolean): Tensor;
    bitwiseAnd_(other: Tensor): Tensor;
    bitwiseAnd_(other: number | bigint | boolean): Tensor;
    bitwiseLeftShift(other: Tensor): Tensor;
    bitwiseLeftShift(other: number | bigint | boolean): Tensor;
    bitwiseLeftShift_(other: Tensor): Tensor;
    bitwiseLeftShift_(other: number | bigint | boolean): Tensor;
    bitwiseNot(): Tensor;
    bitwiseNot_(): Tensor;
    bitwiseOr(other: Tensor): Tensor;
    bitwiseOr(other: number | bigint | boolean): Tensor;
    bitwiseOr_(other: Tensor): Tensor;
    bitwiseOr_(other: number | bigint | boolean): Tensor;
    bitwiseRightShift(other: Tensor): Tensor;
    bitwiseRightShift(other: number | bigint | boolean): Tensor;
    bitwiseRightShift_(other: Tensor): Tensor;
    bitwiseRightShift_(other: number | bigint | boolean): Tensor;
    bitwiseXor(other: Tensor): Tensor;
    bitwiseXor(other: number | bigint | boolean): Tensor;
    bitwiseXor_(other: Tensor): Tensor;
    bitwiseXor_(other: number | bigint | boolean): Tensor;
    bmm(mat2: Tensor): Tensor;
    broadcastTo(size: readonly number[]): Tensor;
    bucketize(boundaries: Tensor, options?: { outInt32?: boolean | undefined; right?: boolean | undefined }): Tensor;
    cauchy(median?: number, sigma?: number): Tensor;
    cauchy_(median?: number, sigma?: number): Tensor;
    ccolIndices(): Tensor;
    ceil(): Tensor;
    ceil_(): Tensor;
    celu(alpha?: number | bigint | boolean): Tensor;
    celu_(alpha?: number | bigint | boolean): Tensor;
    chalf(options?: { memoryFormat?: MemoryFormat | undefined }): Tensor;
    channelShuffle(groups: number | bigint): Tensor;
    cholesky(upper?: boolean): Tensor;
    choleskyInverse(upper?: boolean): Tensor;
    choleskySolve(input2: Tensor, upper?: boolean): Tensor;
    chunk(chunks: number | bigint, dim?: number | bigint): Tensor[];
    clamp(min?: Tensor | undefined, max?: Tensor | undefined): Tensor;
    clamp(min?: number | bigint | boolean | undefined, max?: number | bigint | boolean | undefined): Tensor;
    clampMax(max: Tensor): Tensor;
    clampMax(max: number | bigint | boolean): Tensor;
    clampMax_(max: Tensor): Tensor;
    clampMax_(max: number | bigint | boolean): Tensor;
    clampMin(min: Tensor): Tensor;
    clampMin(min: number | bigint | boolean): Tensor;
    clampMin_(min: Tensor): Tensor;
    clampMin_(min: number | bigint | boolean): Tensor;
    clamp_(min?: Tensor | undefined, max?: Tensor | undefined): Tensor;
    clamp_(min?: number | bigint | boolean | undefined, max?: number | bigint | boolean | undefined): Tensor;
    clip(min?: Tensor | undefined, max?: Tensor | undefined): Tensor;
    clip(min?: number | bigint | boolean | undefined, max?: number | bigint | boolean | undefined): Tensor;
    clip_(min?: Tensor | undefined, max?: Tensor | undefined): Tensor;
    clip_(min?: number | bigint | boolean | undefined, max?: number | bigint | boolean | undefined): Tensor;
    clone(options?: { memoryFormat?: MemoryFormat | undefined }): Tensor;
    coalesce(): Tensor;
    col2im(outputSize: number | readonly number[], kernelSize: number | readonly number[], dilation: number | readonly number[], padding: number | readonly number[], stride: number | readonly number[]): Tensor;
    colIndices(): Tensor;
    combinations(r?: number | bigint, withReplacement?: boolean): Tensor;
    conj(): Tensor;
    conjPhysical(): Tensor;
    conjPhysical_(): Tensor;
    constantPadNd(pad: readonly number[], value?: number | bigint | boolean): Tensor;
    contiguous(options?: { memoryFormat?: MemoryFormat | undefined }): Tensor;
    convDepthwise3d(weight: Tensor, kernelSize: number | readonly number[], bias: Tensor | undefined, stride: number | readonly number[], padding: number | readonly number[], dilation: number | readonly number[]): Tensor;
    convTbc(weight: Tensor, bias: Tensor, pad?: number | bigint): Tensor;
    copy(src: Tensor, nonBlocking?: boolean): Tensor;
    copySparseToSparse(src: Tensor, nonBlocking?: boolean): Tensor;
    copySparseToSparse_(src: Tensor, nonBlocking?: boolean): Tensor;
    copy_(src: Tensor, nonBlocking?: boolean): Tensor;
    copysign(other: Tensor): Tensor;
    copysign(other: number | bigint | boolean): Tensor;
    copysign_(other: Tensor): Tensor;
    copysign_(other: number | bigint | boolean): Tensor;
    corrcoef(): Tensor;
    cos(): Tensor;
    cos_(): Tensor;
    cosh(): Tensor;
    cosh_(): Tensor;
    countNonzero(dim?: number | bigint | undefined): Tensor;
    countNonzero(dim: readonly number[]): Tensor;
    cov(options?: { correction?: number | bigint | undefined; fweights?: Tensor | undefined; aweights?: Tensor | undefined }): Tensor;
    cross(other: Tensor, dim?: number | bigint | undefined): Tensor;
    crossEntropyLoss(target: Tensor, weight?: Tensor | undefined, reduction?: number | bigint, ignoreIndex?: number | bigint, labelSmoothing?: number): Tensor;
    crowIndices(): Tensor;
    cummax(dim: number | bigint): [Tensor, Tensor];
    cummax(dim: string): [Tensor, Tensor];
    cummin(dim: number | bigint): [Tensor, Tensor];
    cummin(dim: string): [Tensor, Tensor];
    cumprod(dim: number | bigint, options?: { dtype?: DType | undefined }): Tensor;
    cumprod(dim: string, options?: { dtype?: DType | undefined }): Tensor;
    cumprod_(dim: number | bigint, options?: { dtype?: DType | undefined }): Tensor;
    cumprod_(dim: string, options?: { dtype?: DType | undefined }): Tensor;
    cumsum(dim: number | bigint, options?: { dtype?: DType | undefined }): Tensor;
    cumsum(dim: string, options?: { dtype?: DType | undefined }): Tensor;
    cumsum_(dim: number | bigint, options?: { dtype?: DType | undefined }): Tensor;
    cumsum_(dim: string, options?: { dtype?: DType | undefined }): Tensor;
    deg2rad(): Tensor;
    deg2rad_(): Tensor;
    denseDim(): number;
    det(): Tensor;
    detach(): Tensor;
    diag(diagonal?: number | bigint): Tensor;
    diagEmbed(offset?: number | bigint, dim1?: number | bigint, dim2?: number | bigint): Tensor;
    diagflat(offset?: number | bigint): Tensor;
    diagonal(options: { outdim: string; dim1: string; dim2: string; offset?: number | bigint | undefined }): Tensor;
    diagonal(offset?: number | bigint, dim1?: number | bigint, dim2?: number | bigint): Tensor;
    diagonalScatter(src: Tensor, offset?: number | bigint, dim1?: number | bigint, dim2?: number | bigint): Tensor;
    diff(n?: number | bigint, dim?: number | bigint, prepend?: Tensor | undefined, append?: Tensor | undefined): Tensor;
    digamma(): Tensor;
    digamma_(): Tensor;
    dist(other: Tensor, p?: number | bigint | boolean): Tensor;
    div(other: Tensor, options?: { roundingMode?: string | undefined }): Tensor;
    div(other: number | bigint | boolean, options?: { roundingMode?: string | undefined }): Tensor;
    div(other: Tensor): Tensor;
    div(other: number | bigint | boolean): Tensor;
    div_(other: Tensor, options?: { roundingMode?: string | undefined }): Tensor;
    div_(other: number | bigint | boolean, options?: { roundingMode?: string | undefined }): Tensor;
    div_(other: Tensor): Tensor;
    div_(other: number | bigint | boolean): Tensor;
    divide(other: Tensor, options?: { roundingMode?: string | undefined }): Tensor;
    divide(other: number | bigint | boolean, options?: { roundingMode?: string | undefined }): Tensor;
    divide(other: Tensor): Tensor;
    divide(other: number | bigint | boolean): Tensor;
    divide_(other: Tensor, options?: { roundingMode?: string | undefined }): Tensor;
    divide_(other: number | bigint | boolean, options?: { roundingMode?: string | undefined }): Tensor;
    divide_(other: Tensor): Tensor;
    divide_(other: number | bigint | boolean): Tensor;
    dot(tensor: Tensor): Tensor;
    dropout_(p: number, train: boolean): Tensor;
    dsplit(indices: readonly number[]): Tensor[];
    dsplit(sections: number | bigint): Tensor[];
    elu(alpha?: number | bigint | boolean, scale?: number | bigint | boolean, inputScale?: number | bigint | boolean): Tensor;
    elu_(alpha?: number | bigint | boolean, scale?: number | bigint | boolean, inputScale?: number | bigint | boolean): Tensor;
    embeddingRenorm(indices: Tensor, maxNorm: number, normType: number): Tensor;
    embeddingRenorm_(indices: Tensor, maxNorm: number, normType: number): Tensor;
    emptyLike(options?: { dtype?: DType | undefined; device?: string | undefined; memoryFormat?: MemoryFormat | undefined }): Tensor;
    eq(other: Tensor): Tensor;
    eq(other: number | bigint | boolean): Tensor;
    eq_(other: Tensor): Tensor;
    eq_(other: number | bigint | boolean): Tensor;
    equal(other: Tensor): boolean;
    erf(): Tensor;
    erf_(): Tensor;
    erfc(): Tensor;
    erfc_(): Tensor;
    erfinv(): Tensor;
    erfinv_(): Tensor;
    exp(): Tensor;
    exp2(): Tensor;
    exp2_(): Tensor;
    exp_(): Tensor;
    expand(size: readonly number[], options?: { implicit?: boolean | undefined }): Tensor;
    expandAs(other: Tensor): Tensor;
    expm1(): Tensor;
    expm1_(): Tensor;
    exponential(lambd?: number): Tensor;
    exponential_(lambd?: number): Tensor;
    featureAlphaDropout_(p: number, train: boolean): Tensor;
    featureDropout_(p: number, train: boolean): Tensor;
    fftFft(n?: number | bigint | undefined, dim?: number | bigint, norm?: string | undefined): Tensor;
    fftFft2(s?: number | readonly number[] | undefined, dim?: number | readonly number[], norm?: string | undefined): Tensor;
    fftFftn(s?: number | readonly number[] | undefined, dim?: number | readonly number[] | undefined, norm?: string | undefined): Tensor;
    fftFftshift(dim?: number | readonly number[] | undefined): Tensor;
    fftHfft(n?: number | bigint | undefined, dim?: number | bigint, norm?: string | undefined): Tensor;
    fftHfft2(s?: number | readonly number[] | undefined, dim?: number | readonly number[], norm?: string | undefined): Tensor;
    fftHfftn(s?: number | readonly number[] | undefined, dim?: number | readonly number[] | undefined, norm?: string | undefined): Tensor;
    fftIfft(n?: number | bigint | undefined, dim?: number | bigint, norm?: string | undefined): Tensor;
    fftIfft2(s?: number | readonly number[] | undefined, dim?: number | readonly number[], norm?: string | undefined): Tensor;
    fftIfftn(s?: number | readonly number[] | undefined, dim?: number | readonly number[] | undefined, norm?: string | undefined): Tensor;
    fftIfftshift(dim?: number | readonly number[] | undefined): Tensor;
    fftIhfft(n?: number | bigint | undefined, dim?: number | bigint, norm?: string | undefined): Tensor;
    fftIhfft2(s?: number | readonly number[] | undefined, dim?: number | readonly number[], norm?: string | undefined): Tensor;
    fftIhfftn(s?: number | readonly number[] | undefined, dim?: number | readonly number[] | undefined, norm?: string | undefined): Tensor;
    fftIrfft(n?: number | bigint | undefined, dim?: number | bigint, norm?: string | undefined): Tensor;
    fftIrfft2(s?: number | readonly number[] | undefined, dim?: number | readonly number[], norm?: string | undefined): Tensor;
    fftIrfftn(s?: number | readonly number[] | undefined, dim?: number | readonly number[] | undefined, norm?: string | undefined): Tensor;
    fftRfft(n?: number | bigint | undefined, dim?: number | bigint, norm?: string | undefined): Tensor;
    fftRfft2(s?: number | readonly number[] | undefined, dim?: number | readonly number[], norm?: string | undefined): Tensor;
    fftRfftn(s?: number | readonly number[] | undefined, dim?: number | readonly number[] | undefined, norm?: string | undefined): Tensor;
    fill(value: Tensor): Tensor;
    fill(value: number | bigint | boolean): Tensor;
    fillDiagonal_(fillValue: number | bigint | boolean, wrap?: boolean): Tensor;
    fill_(value: Tensor): Tensor;
    fill_(value: number | bigint | boolean): Tensor;
    fix(): Tensor;
    fix_(): Tensor;
    flatten(startDim?: number | bigint, endDim?: number | bigint): Tensor;
    flatten(startDim: number | bigint, endDim: number | bigint, outDim: string): Tensor;
    flatten(startDim: string, endDim: string, outDim: string): Tensor;
    flip(dims: readonly number[]): Tensor;
    fliplr(): Tensor;
    flipud(): Tensor;
    floatPower(exponent: Tensor): Tensor;
    floatPower(exponent: number | bigint | boolean): Tensor;
    floatPower_(exponent: Tensor): Tensor;
    floatPower_(exponent: number | bigint | boolean): Tensor;
    floor(): Tensor;
    floorDivide(other: Tensor): Tensor;
    floorDivide(other: number | bigint | boolean): Tensor;
    floorDivide_(other: Tensor): Tensor;
    floorDivide_(other: number | bigint | boolean): Tensor;
    floor_(): Tensor;
    fmax(other: Tensor): Tensor;
    fmin(other: Tensor): Tensor;
    fmod(other: Tensor): Tensor;
    fmod(other: number | bigint | boolean): Tensor;
    fmod_(other: Tensor): Tensor;
    fmod_(other: number | bigint | boolean): Tensor;
    frac(): Tensor;
    frac_(): Tensor;
    fractionalMaxPool2d(kernelSize: number | readonly number[], outputSize: number | readonly number[], randomSamples: Tensor): [Tensor, Tensor];
    fractionalMaxPool3d(kernelSize: number | readonly number[], outputSize: number | readonly number[], randomSamples: Tensor): [Tensor, Tensor];
    frexp(): [Tensor, Tensor];
    frobeniusNorm(): Tensor;
    frobeniusNorm(dim: number | readonly number[], keepdim?: boolean): Tensor;
    fullLike(fillValue: number | bigint | boolean, options?: { dtype?: DType | undefined; device?: string | undefined; memoryFormat?: MemoryFormat | undefined }): Tensor;
    gather(dim: number | bigint, index: Tensor, options?: { sparseGrad?: boolean | undefined }): Tensor;
    gather(dim: string, index: Tensor, options?: { sparseGrad?: boolean | undefined }): Tensor;
    gcd(other: Tensor): Tensor;
    gcd_(other: Tensor): Tensor;
    ge(other: Tensor): Tensor;
    ge(other: number | bigint | boolean): Tensor;
    ge_(other: Tensor): Tensor;
    ge_(other: number | bigint | boolean): Tensor;
    gelu(options?: { approximate?: string | undefined }): Tensor;
    gelu_(options?: { approximate?: string | undefined }): Tensor;
    geometric(p: number): Tensor;
    geometric_(p: number): Tensor;
    geqrf(): [Tensor, Tensor];
    ger(vec2: Tensor): Tensor;
    glu(dim?: number | bigint): Tensor;
    gradient(options: { spacing: number | bigint | boolean; dim: readonly number[]; edgeOrder?: number | bigint | undefined }): Tensor[];
    gradient(options: { dim: readonly number[]; edgeOrder?: number | bigint | undefined }): Tensor[];
    greater(other: Tensor): Tensor;
    greater(other: number | bigint | boolean): Tensor;
    greaterEqual(other: Tensor): Tensor;
    greaterEqual(other: number | bigint | boolean): Tensor;
    greaterEqual_(other: Tensor): Tensor;
    greaterEqual_(other: number | bigint | boolean): Tensor;
    greater_(other: Tensor): Tensor;
    greater_(other: number | bigint | boolean): Tensor;
    gt(other: Tensor): Tensor;
    gt(other: number | bigint | boolean): Tensor;
    gt_(other: Tensor): Tensor;
    gt_(other: number | bigint | boolean): Tensor;
    hardshrink(lambd?: number | bigint | boolean): Tensor;
    hardsigmoid(): Tensor;
    hardsigmoid_(): Tensor;
    hardswish(): Tensor;
    hardswish_(): Tensor;
    hardtanh(minVal?: number | bigint | boolean, maxVal?: number | bigint | boolean): Tensor;
    hardtanh_(minVal?: number | bigint | boolean, maxVal?: number | bigint | boolean): Tensor;
    heaviside(values: Tensor): Tensor;
    heaviside_(values: Tensor): Tensor;
    hingeEmbeddingLoss(target: Tensor, margin?: number, reduction?: number | bigint): Tensor;
    histc(bins?: number | bigint, min?: number | bigint | boolean, max?: number | bigint | boolean): Tensor;
    histogram(bins: Tensor, options?: { weight?: Tensor | undefined; density?: boolean | undefined }): [Tensor, Tensor];
    histogram(bins?: number | bigint, options?: { range?: readonly number[] | undefined; weight?: Tensor | undefined; density?: boolean | undefined }): [Tensor, Tensor];
    histogramdd(bins: readonly number[], range?: readonly number[] | undefined, weight?: Tensor | undefined, density?: boolean): [Tensor, Tensor[]];
    histogramdd(bins: readonly Tensor[], range?: readonly number[] | undefined, weight?: Tensor | undefined, density?: boolean): [Tensor, Tensor[]];
    histogramdd(bins: number | bigint, range?: readonly number[] | undefined, weight?: Tensor | undefined, density?: boolean): [Tensor, Tensor[]];
    hsplit(indices: readonly number[]): Tensor[];
    hsplit(sections: number | bigint): Tensor[];
    huberLoss(target: Tensor, reduction?: number | bigint, delta?: number): Tensor;
    hypot(other: Tensor): Tensor;
    hypot_(other: Tensor): Tensor;
    i0(): Tensor;
    i0_(): Tensor;
    igamma(other: Tensor): Tensor;
    igamma_(other: Tensor): Tensor;
    igammac(other: Tensor): Tensor;
    igammac_(other: Tensor): Tensor;
    im2col(kernelSize: number | readonly number[], dilation: number | readonly number[], padding: number | readonly number[], stride: number | readonly number[]): Tensor;
    imag(): Tensor;
    index(indices: readonly (Tensor | undefined)[]): Tensor;
    indexAdd(dim: number | bigint, index: Tensor, source: Tensor, options?: { alpha?: number | bigint | boolean | undefined }): Tensor;
    indexAdd(dim: string, index: Tensor, source: Tensor, options?: { alpha?: number | bigint | boolean | undefined }): Tensor;
    indexAdd_(dim: number | bigint, index: Tensor, source: Tensor, options?: { alpha?: number | bigint | boolean | undefined }): Tensor;
    indexCopy_(dim: number | bigint, index: Tensor, source: Tensor): Tensor;
    indexCopy_(dim: string, index: Tensor, source: Tensor): Tensor;
    indexFill(dim: string, index: Tensor, value: Tensor): Tensor;
    indexFill(dim: number | bigint, index: Tensor, value: Tensor): Tensor;
    indexFill(dim: string, index: Tensor, value: number | bigint | boolean): Tensor;
    indexFill(dim: number | bigint, index: Tensor, value: number | bigint | boolean): Tensor;
    indexFill_(dim: string, index: Tensor, value: Tensor): Tensor;
    indexFill_(dim: number | bigint, index: Tensor, value: Tensor): Tensor;
    indexFill_(dim: string, index: Tensor, value: number | bigint | boolean): Tensor;
    indexFill_(dim: number | bigint, index: Tensor, value: number | bigint | boolean): Tensor;
    indexPut(indices: readonly (Tensor | undefined)[], values: Tensor, accumulate?: boolean): Tensor;
    indexPut_(indices: readonly (Tensor | undefined)[], values: Tensor, accumulate?: boolean): Tensor;
    indexReduce(dim: number | bigint, index: Tensor, source: Tensor, reduce: string, options?: { includeSelf?: boolean | undefined }): Tensor;
    indexReduce_(dim: number | bigint, index: Tensor, source: Tensor, reduce: string, options?: { includeSelf?: boolean | undefined }): Tensor;
    indexSelect(dim: number | bigint, index: Tensor): Tensor;
    indexSelect(dim: string, index: Tensor): Tensor;
    indices(): Tensor;
    inner(other: Tensor): Tensor;
    intRepr(): Tensor;
    inverse(): Tensor;
    isComplex(): boolean;
    isConj(): boolean;
    isDistributed(): boolean;
    isFloatingPoint(): boolean;
    isInference(): boolean;
    isNeg(): boolean;
    isNonzero(): boolean;
    isSameSize(other: Tensor): boolean;
    isSetTo(tensor: Tensor): boolean;
    isSigned(): boolean;
    isclose(other: Tensor, rtol?: number, atol?: number, equalNan?: boolean): Tensor;
    isfinite(): Tensor;
    isinf(): Tensor;
    isnan(): Tensor;
    isneginf(): Tensor;
    isposinf(): Tensor;
    isreal(): Tensor;
    istft(nFft: number | bigint, hopLength?: number | bigint | undefined, winLength?: number | bigint | undefined, window?: Tensor | undefined, center?: boolean, normalized?: boolean, onesided?: boolean | undefined, length?: number | bigint | undefined, returnComplex?: boolean): Tensor;
    klDiv(target: Tensor, reduction?: number | bigint, options?: { logTarget?: boolean | undefined }): Tensor;
    kron(other: Tensor): Tensor;
    kthvalue(k: number | bigint, dim?: number | bigint, keepdim?: boolean): [Tensor, Tensor];
    kthvalue(k: number | bigint, dim: string, keepdim?: boolean): [Tensor, Tensor];
    l1Loss(target: Tensor, reduction?: number | bigint): Tensor;
    lcm(other: Tensor): Tensor;
    lcm_(other: Tensor): Tensor;
    ldexp(other: Tensor): Tensor;
    ldexp_(other: Tensor): Tensor;
    le(other: Tensor): Tensor;
    le(other: number | bigint | boolean): Tensor;
    le_(other: Tensor): Tensor;
    le_(other: number | bigint | boolean): Tensor;
    leakyRelu(negativeSlope?: number | bigint | boolean): Tensor;
    leakyRelu_(negativeSlope?: number | bigint | boolean): Tensor;
    lerp(end: Tensor, weight: Tensor): Tensor;
    lerp(end: Tensor, weight: number | bigint | boolean): Tensor;
    lerp_(end: Tensor, weight: Tensor): Tensor;
    lerp_(end: Tensor, weight: number | bigint | boolean): Tensor;
    less(other: Tensor): Tensor;
    less(other: number | bigint | boolean): Tensor;
    lessEqual(other: Tensor): Tensor;
    lessEqual(other: number | bigint | boolean): Tensor;
    lessEqual_(other: Tensor): Tensor;
    lessEqual_(other: number | bigint | boolean): Tensor;
    less_(other: Tensor): Tensor;
    less_(other: number | bigint | boolean): Tensor;
    lgamma(): Tensor;
    lgamma_(): Tensor;
    linalgCholesky(options?: { upper?: boolean | undefined }): Tensor;
    linalgCholeskyEx(options?: { upper?: boolean | undefined; checkErrors?: boolean | undefined }): [Tensor, Tensor];
    linalgCond(p?: number | bigint | boolean | undefined): Tensor;
    linalgCond(p: string): Tensor;
    linalgCross(other: Tensor, options?: { dim?: number | bigint | undefined }): Tensor;
    linalgEig(): [Tensor, Tensor];
    linalgEigh(UPLO?: string): [Tensor, Tensor];
    linalgEigvals(): Tensor;
    linalgEigvalsh(UPLO?: string): Tensor;
    linalgLdlFactor(options?: { hermitian?: boolean | undefined }): [Tensor, Tensor];
    linalgLdlFactorEx(options?: { hermitian?: boolean | undefined; checkErrors?: boolean | undefined }): [Tensor, Tensor, Tensor];
    linalgLstsq(b: Tensor, rcond?: number | undefined, options?: { driver?: string | undefined }): [Tensor, Tensor, Tensor, Tensor];
    linalgMatmul(other: Tensor): Tensor;
    linalgMatrixExp(): Tensor;
    linalgMatrixNorm(ord: number | bigint | boolean, dim?: readonly number[], keepdim?: boolean, options?: { dtype?: DType | undefined }): Tensor;
    linalgMatrixNorm(ord?: string, dim?: readonly number[], keepdim?: boolean, options?: { dtype?: DType | undefined }): Tensor;
    linalgMatrixPower(n: number | bigint): Tensor;
    linalgMatrixRank(options?: { atol?: number | undefined; rtol?: number | undefined; hermitian?: boolean | undefined }): Tensor;
    linalgMatrixRank(tol: number, hermitian?: boolean): Tensor;
    linalgNorm(ord?: number | bigint | boolean | undefined, dim?: number | readonly number[] | undefined, keepdim?: boolean, options?: { dtype?: DType | undefined }): Tensor;
    linalgNorm(ord: string, dim?: number | readonly number[] | undefined, keepdim?: boolean, options?: { dtype?: DType | undefined }): Tensor;
    linalgPinv(options?: { atol?: number | undefined; rtol?: number | undefined; hermitian?: boolean | undefined }): Tensor;
    linalgPinv(rcond: Tensor, hermitian?: boolean): Tensor;
    linalgPinv(rcond: number, hermitian?: boolean): Tensor;
    linalgSolveTriangular(B: Tensor, options: { upper: boolean; left?: boolean | undefined; unitriangular?: boolean | undefined }): Tensor;
    linalgTensorinv(ind?: number | bigint): Tensor;
    linalgTensorsolve(other: Tensor, dims?: readonly number[] | undefined): Tensor;
    linalgVectorNorm(ord?: number | bigint | boolean, dim?: number | readonly number[] | undefined, keepdim?: boolean, options?: { dtype?: DType | undefined }): Tensor;
    log(): Tensor;
    log10(): Tensor;
    log10_(): Tensor;
    log1p(): Tensor;
    log1p_(): Tensor;
    log2(): Tensor;
    log2_(): Tensor;
    logNormal(mean?: number, std?: number): Tensor;
    logNormal_(mean?: number, std?: number): Tensor;
    logSigmoid(): Tensor;
    logSigmoidForward(): [Tensor, Tensor];
    logSoftmax(dim: string, options?: { dtype?: DType | undefined }): Tensor;
    logSoftmax(dim: number | bigint, dtype?: DType | undefined): Tensor;
    log_(): Tensor;
    logaddexp(other: Tensor): Tensor;
    logaddexp2(other: Tensor): Tensor;
    logcumsumexp(dim: number | bigint): Tensor;
    logcumsumexp(dim: string): Tensor;
    logdet(): Tensor;
    logicalAnd(other: Tensor): Tensor;
    logicalAnd_(other: Tensor): Tensor;
    logicalNot(): Tensor;
    logicalNot_(): Tensor;
    logicalOr(other: Tensor): Tensor;
    logicalOr_(other: Tensor): Tensor;
    logicalXor(other: Tensor): Tensor;
    logicalXor_(other: Tensor): Tensor;
    logit(eps?: number | undefined): Tensor;
    logit_(eps?: number | undefined): Tensor;
    logsumexp(dim: number | readonly number[], keepdim?: boolean): Tensor;
    lt(other: Tensor): Tensor;
    lt(other: number | bigint | boolean): Tensor;
    lt_(other: Tensor): Tensor;
    lt_(other: number | bigint | boolean): Tensor;
    luSolve(LU_data: Tensor, LU_pivots: Tensor): Tensor;
    mH(): Tensor;
    mT(): Tensor;
    maskedFill(mask: Tensor, value: Tensor): Tensor;
    maskedFill(mask: Tensor, value: number | bigint | boolean): Tensor;
    maskedFill_(mask: Tensor, value: Tensor): Tensor;
    maskedFill_(mask: Tensor, value: number | bigint | boolean): Tensor;
    maskedScatter(mask: Tensor, source: Tensor): Tensor;
    maskedScatter_(mask: Tensor, source: Tensor): Tensor;
    maskedSelect(mask: Tensor): Tensor;
    matmul(other: Tensor): Tensor;
    matrixExp(): Tensor;
    matrixPower(n: number | bigint): Tensor;
    matrix_H(): Tensor;
    max(): Tensor;
    max(other: Tensor): Tensor;
    max(dim: number | bigint, keepdim?: boolean): [Tensor, Tensor];
    max(dim: string, keepdim?: boolean): [Tensor, Tensor];
    maxPool1d(kernelSize: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], ceilMode?: boolean): Tensor;
    maxPool1dWithIndices(kernelSize: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], ceilMode?: boolean): [Tensor, Tensor];
    maxPool2d(kernelSize: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], ceilMode?: boolean): Tensor;
    maxPool2dWithIndices(kernelSize: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], ceilMode?: boolean): [Tensor, Tensor];
    maxPool3d(kernelSize: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], ceilMode?: boolean): Tensor;
    maxPool3dWithIndices(kernelSize: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], ceilMode?: boolean): [Tensor, Tensor];
    maxUnpool2d(indices: Tensor, outputSize: number | readonly number[]): Tensor;
    maxUnpool3d(indices: Tensor, outputSize: number | readonly number[], stride: number | readonly number[], padding: number | readonly number[]): Tensor;
    maximum(other: Tensor): Tensor;
    mean(options?: { dtype?: DType | undefined }): Tensor;
    mean(dim?: number | readonly number[] | undefined, keepdim?: boolean, options?: { dtype?: DType | undefined }): Tensor;
    median(): Tensor;
    median(dim: number | bigint, keepdim?: boolean): [Tensor, Tensor];
    median(dim: string, keepdim?: boolean): [Tensor, Tensor];
    min(): Tensor;
    min(other: Tensor): Tensor;
    min(dim: number | bigint, keepdim?: boolean): [Tensor, Tensor];
    min(dim: string, keepdim?: boolean): [Tensor, Tensor];
    minimum(other: Tensor): Tensor;
    mish(): Tensor;
    mish_(): Tensor;
    mm(mat2: Tensor): Tensor;
    mode(dim?: number | bigint, keepdim?: boolean): [Tensor, Tensor];
    mode(dim: string, keepdim?: boolean): [Tensor, Tensor];
    moveaxis(source: number | bigint, destination: number | bigint): Tensor;
    moveaxis(source: readonly number[], destination: readonly number[]): Tensor;
    movedim(source: number | bigint, destination: number | bigint): Tensor;
    movedim(source: readonly number[], destination: readonly number[]): Tensor;
    mseLoss(target: Tensor, reduction?: number | bigint): Tensor;
    msort(): Tensor;
    mul(other: Tensor): Tensor;
    mul(other: number | bigint | boolean): Tensor;
    mul_(other: Tensor): Tensor;
    mul_(other: number | bigint | boolean): Tensor;
    multiMarginLoss(target: Tensor, p?: number | bigint | boolean, margin?: number | bigint | boolean, weight?: Tensor | undefined, reduction?: number | bigint): Tensor;
    multilabelMarginLoss(target: Tensor, reduction?: number | bigint): Tensor;
    multilabelMarginLossForward(target: Tensor, reduction: number | bigint): [Tensor, Tensor];
    multinomial(numSamples: number | bigint, replacement?: boolean): Tensor;
    multiply(other: Tensor): Tensor;
    multiply(other: number | bigint | boolean): Tensor;
    multiply_(other: Tensor): Tensor;
    multiply_(other: number | bigint | boolean): Tensor;
    mv(vec: Tensor): Tensor;
    mvlgamma(p: number | bigint): Tensor;
    mvlgamma_(p: number | bigint): Tensor;
    nanToNum(nan?: number | undefined, posinf?: number | undefined, neginf?: number | undefined): Tensor;
    nanToNum_(nan?: number | undefined, posinf?: number | undefined, neginf?: number | undefined): Tensor;
    nanmean(dim?: number | readonly number[] | undefined, keepdim?: boolean, options?: { dtype?: DType | undefined }): Tensor;
    nanmedian(): Tensor;
    nanmedian(dim: number | bigint, keepdim?: boolean): [Tensor, Tensor];
    nanmedian(dim: string, keepdim?: boolean): [Tensor, Tensor];
    nanquantile(q: Tensor, dim?: number | bigint | undefined, keepdim?: boolean, options?: { interpolation?: string | undefined }): Tensor;
    nanquantile(q: number, dim?: number | bigint | undefined, keepdim?: boolean, options?: { interpolation?: string | undefined }): Tensor;
    nansum(dim?: number | readonly number[] | undefined, keepdim?: boolean, options?: { dtype?: DType | undefined }): Tensor;
    narrow(dim: number | bigint, start: Tensor, length: number | bigint): Tensor;
    narrow(dim: number | bigint, start: number | bigint, length: number | bigint): Tensor;
    nativeNorm(p?: number | bigint | boolean): Tensor;
    nativeNorm(p: number | bigint | boolean | undefined, dim: number | readonly number[], keepdim: boolean, dtype?: DType | undefined): Tensor;
    ne(other: Tensor): Tensor;
    ne(other: number | bigint | boolean): Tensor;
    ne_(other: Tensor): Tensor;
    ne_(other: number | bigint | boolean): Tensor;
    neg(): Tensor;
    neg_(): Tensor;
    negative(): Tensor;
    negative_(): Tensor;
    newEmpty(size: readonly number[], options?: { dtype?: DType | undefined; device?: string | undefined }): Tensor;
    newEmptyStrided(size: readonly number[], stride: readonly number[], options?: { dtype?: DType | undefined; device?: string | undefined }): Tensor;
    newFull(size: readonly number[], fillValue: number | bigint | boolean, options?: { dtype?: DType | undefined; device?: string | undefined }): Tensor;
    newOnes(size: readonly number[], options?: { dtype?: DType | undefined; device?: string | undefined }): Tensor;
    newZeros(size: readonly number[], options?: { dtype?: DType | undefined; device?: string | undefined }): Tensor;
    nextafter(other: Tensor): Tensor;
    nextafter_(other: Tensor): Tensor;
    nllLoss(target: Tensor, weight?: Tensor | undefined, reduction?: number | bigint, ignoreIndex?: number | bigint): Tensor;
    nllLoss2d(target: Tensor, weight?: Tensor | undefined, reduction?: number | bigint, ignoreIndex?: number | bigint): Tensor;
    nllLoss2dForward(target: Tensor, weight: Tensor | undefined, reduction: number | bigint, ignoreIndex: number | bigint): [Tensor, Tensor];
    nllLossForward(target: Tensor, weight: Tensor | undefined, reduction: number | bigint, ignoreIndex: number | bigint): [Tensor, Tensor];
    nllLossNd(target: Tensor, weight?: Tensor | undefined, reduction?: number | bigint, ignoreIndex?: number | bigint): Tensor;
    nonzero(): Tensor;
    nonzeroNumpy(): Tensor[];
    norm(p: number | bigint | boolean | undefined, options: { dtype: DType }): Tensor;
    norm(p: number | bigint | boolean | undefined, dim: number | readonly number[], keepdim: boolean, options: { dtype: DType }): Tensor;
    norm(p?: number | bigint | boolean): Tensor;
    norm(p: number | bigint | boolean | undefined, dim: number | readonly number[], keepdim?: boolean): Tensor;
    normalFunctional(mean?: number, std?: number): Tensor;
    normal_(mean?: number, std?: number): Tensor;
    notEqual(other: Tensor): Tensor;
    notEqual(other: number | bigint | boolean): Tensor;
    notEqual_(other: Tensor): Tensor;
    notEqual_(other: number | bigint | boolean): Tensor;
    nuclearNorm(keepdim?: boolean): Tensor;
    nuclearNorm(dim: number | readonly number[], keepdim?: boolean): Tensor;
    numpy_T(): Tensor;
    oneHot(numClasses?: number | bigint): Tensor;
    onesLike(options?: { dtype?: DType | undefined; device?: string | undefined; memoryFormat?: MemoryFormat | undefined }): Tensor;
    orgqr(input2: Tensor): Tensor;
    ormqr(input2: Tensor, input3: Tensor, left?: boolean, transpose?: boolean): Tensor;
    outer(vec2: Tensor): Tensor;
    pad(pad: readonly number[], mode?: string, value?: number | undefined): Tensor;
    pdist(p?: number): Tensor;
    permute(dims: readonly number[]): Tensor;
    pinverse(rcond?: number): Tensor;
    pixelShuffle(upscaleFactor: number | bigint): Tensor;
    pixelUnshuffle(downscaleFactor: number | bigint): Tensor;
    poisson(): Tensor;
    polygamma_(n: number | bigint): Tensor;
    positive(): Tensor;
    pow(exponent: Tensor): Tensor;
    pow(exponent: number | bigint | boolean): Tensor;
    pow_(exponent: Tensor): Tensor;
    pow_(exponent: number | bigint | boolean): Tensor;
    prelu(weight: Tensor): Tensor;
    prod(options?: { dtype?: DType | undefined }): Tensor;
    prod(dim: string, keepdim?: boolean, options?: { dtype?: DType | undefined }): Tensor;
    prod(dim: number | bigint, keepdim?: boolean, options?: { dtype?: DType | undefined }): Tensor;
    put(index: Tensor, source: Tensor, accumulate?: boolean): Tensor;
    put_(index: Tensor, source: Tensor, accumulate?: boolean): Tensor;
    qPerChannelAxis(): number;
    qPerChannelScales(): Tensor;
    qPerChannelZeroPoints(): Tensor;
    qScale(): number;
    qZeroPoint(): number;
    qr(some?: boolean): [Tensor, Tensor];
    quantile(q: Tensor, dim?: number | bigint | undefined, keepdim?: boolean, options?: { interpolation?: string | undefined }): Tensor;
    quantile(q: number, dim?: number | bigint | undefined, keepdim?: boolean, options?: { interpolation?: string | undefined }): Tensor;
    rad2deg(): Tensor;
    rad2deg_(): Tensor;
    randLike(options?: { dtype?: DType | undefined; device?: string | undefined; memoryFormat?: MemoryFormat | undefined }): Tensor;
    randintLike(high: number | bigint, options?: { dtype?: DType | undefined; device?: string | undefined; memoryFormat?: MemoryFormat | undefined }): Tensor;
    randintLike(low: number | bigint, high: number | bigint, options?: { dtype?: DType | undefined; device?: string | undefined; memoryFormat?: MemoryFormat | undefined }): Tensor;
    randnLike(options?: { dtype?: DType | undefined; device?: string | undefined; memoryFormat?: MemoryFormat | undefined }): Tensor;
    random(): Tensor;
    random(to: number | bigint): Tensor;
    random(from: number | bigint, to?: number | bigint | undefined): Tensor;
    random_(): Tensor;
    random_(to: number | bigint): Tensor;
    random_(from: number | bigint, to?: number | bigint | undefined): Tensor;
    ravel(): Tensor;
    real(): Tensor;
    reciprocal(): Tensor;
    reciprocal_(): Tensor;
    reflectionPad1d(padding: number | readonly number[]): Tensor;
    reflectionPad2d(padding: number | readonly number[]): Tensor;
    reflectionPad3d(padding: number | readonly number[]): Tensor;
    relu(): Tensor;
    relu6(): Tensor;
    relu6_(): Tensor;
    relu_(): Tensor;
    remainder(other: Tensor): Tensor;
    remainder(other: number | bigint | boolean): Tensor;
    remainder_(other: Tensor): Tensor;
    remainder_(other: number | bigint | boolean): Tensor;
    renorm(p: number | bigint | boolean, dim: number | bigint, maxnorm: number | bigint | boolean): Tensor;
    renorm_(p: number | bigint | boolean, dim: number | bigint, maxnorm: number | bigint | boolean): Tensor;
    repeat(repeats: readonly number[]): Tensor;
    repeatInterleave(repeats: Tensor, dim?: number | bigint | undefined, options?: { outputSize?: number | bigint | undefined }): Tensor;
    repeatInterleave(repeats: number | bigint, dim?: number | bigint | undefined, options?: { outputSize?: number | bigint | undefined }): Tensor;
    replicationPad1d(padding: number | readonly number[]): Tensor;
    replicationPad2d(padding: number | readonly number[]): Tensor;
    replicationPad3d(padding: number | readonly number[]): Tensor;
    reshape(shape: readonly number[]): Tensor;
    reshapeAs(other: Tensor): Tensor;
    resize(size: readonly number[], options?: { memoryFormat?: MemoryFormat | undefined }): Tensor;
    resizeAs(theTemplate: Tensor, options?: { memoryFormat?: MemoryFormat | undefined }): Tensor;
    resizeAsSparse(theTemplate: Tensor): Tensor;
    resolveConj(): Tensor;
    resolveNeg(): Tensor;
    retainsGrad(): boolean;
    roll(shifts: number | readonly number[], dims?: number | readonly number[]): Tensor;
    rot90(k?: number | bigint, dims?: readonly number[]): Tensor;
    round(options: { decimals: number | bigint }): Tensor;
    round(): Tensor;
    round_(options: { decimals: number | bigint }): Tensor;
    round_(): Tensor;
    rowIndices(): Tensor;
    rrelu(lower?: number | bigint | boolean, upper?: number | bigint | boolean, training?: boolean): Tensor;
    rreluWithNoise(noise: Tensor, lower?: number | bigint | boolean, upper?: number | bigint | boolean, training?: boolean): Tensor;
    rreluWithNoise_(noise: Tensor, lower?: number | bigint | boolean, upper?: number | bigint | boolean, training?: boolean): Tensor;
    rrelu_(lower?: number | bigint | boolean, upper?: number | bigint | boolean, training?: boolean): Tensor;
    rsqrt(): Tensor;
    rsqrt_(): Tensor;
    rsub(other: Tensor, options?: { alpha?: number | bigint | boolean | undefined }): Tensor;
    rsub(other: number | bigint | boolean, alpha?: number | bigint | boolean): Tensor;
    scatter(dim: number | bigint, index: Tensor, src: Tensor, options: { reduce: string }): Tensor;
    scatter(dim: number | bigint, index: Tensor, value: number | bigint | boolean, options: { reduce: string }): Tensor;
    scatter(dim: string, index: Tensor, src: Tensor): Tensor;
    scatter(dim: number | bigint, index: Tensor, src: Tensor): Tensor;
    scatter(dim: string, index: Tensor, value: number | bigint | boolean): Tensor;
    scatter(dim: number | bigint, index: Tensor, value: number | bigint | boolean): Tensor;
    scatterAdd(dim: number | bigint, index: Tensor, src: Tensor): Tensor;
    scatterAdd(dim: string, index: Tensor, src: Tensor): Tensor;
    scatterAdd_(dim: number | bigint, index: Tensor, src: Tensor): Tensor;
    scatterReduce(dim: number | bigint, index: Tensor, src: Tensor, reduce: string, options?: { includeSelf?: boolean | undefined }): Tensor;
    scatterReduce_(dim: number | bigint, index: Tensor, src: Tensor, reduce: string, options?: { includeSelf?: boolean | undefined }): Tensor;
    scatter_(dim: number | bigint, index: Tensor, src: Tensor, options: { reduce: string }): Tensor;
    scatter_(dim: number | bigint, index: Tensor, value: number | bigint | boolean, options: { reduce: string }): Tensor;
    scatter_(dim: number | bigint, index: Tensor, src: Tensor): Tensor;
    scatter_(dim: number | bigint, index: Tensor, value: number | bigint | boolean): Tensor;
    select(dim: string, index: number | bigint): Tensor;
    select(dim: number | bigint, index: number | bigint): Tensor;
    selectScatter(src: Tensor, dim: number | bigint, index: number | bigint): Tensor;
    selu(): Tensor;
    selu_(): Tensor;
    set(): Tensor;
    set(source: Tensor): Tensor;
    sgn(): Tensor;
    sgn_(): Tensor;
    sigmoid(): Tensor;
    sigmoid_(): Tensor;
    sign(): Tensor;
    sign_(): Tensor;
    signbit(): Tensor;
    silu(): Tensor;
    silu_(): Tensor;
    sin(): Tensor;
    sin_(): Tensor;
    sinc(): Tensor;
    sinc_(): Tensor;
    sinh(): Tensor;
    sinh_(): Tensor;
    slice(dim?: number | bigint, start?: number | bigint | undefined, end?: number | bigint | undefined, step?: number | bigint): Tensor;
    sliceScatter(src: Tensor, dim?: number | bigint, start?: number | bigint | undefined, end?: number | bigint | undefined, step?: number | bigint): Tensor;
    slogdet(): [Tensor, Tensor];
    smm(mat2: Tensor): Tensor;
    smoothL1Loss(target: Tensor, reduction?: number | bigint, beta?: number): Tensor;
    softMarginLoss(target: Tensor, reduction?: number | bigint): Tensor;
    softmax(dim: string, options?: { dtype?: DType | undefined }): Tensor;
    softmax(dim: number | bigint, dtype?: DType | undefined): Tensor;
    softplus(beta?: number | bigint | boolean, threshold?: number | bigint | boolean): Tensor;
    softshrink(lambd?: number | bigint | boolean): Tensor;
    sort(options: { stable?: boolean | undefined; dim: string; descending?: boolean | undefined }): [Tensor, Tensor];
    sort(dim?: number | bigint, descending?: boolean): [Tensor, Tensor];
    sort(dim: string, descending?: boolean): [Tensor, Tensor];
    specialBesselJ0(): Tensor;
    specialBesselJ1(): Tensor;
    specialBesselY0(): Tensor;
    specialBesselY1(): Tensor;
    specialDigamma(): Tensor;
    specialEntr(): Tensor;
    specialErf(): Tensor;
    specialErfc(): Tensor;
    specialErfcx(): Tensor;
    specialErfinv(): Tensor;
    specialExp2(): Tensor;
    specialExpit(): Tensor;
    specialExpm1(): Tensor;
    specialGammainc(other: Tensor): Tensor;
    specialGammaincc(other: Tensor): Tensor;
    specialGammaln(): Tensor;
    specialI0(): Tensor;
    specialI0e(): Tensor;
    specialI1(): Tensor;
    specialI1e(): Tensor;
    specialLog1p(): Tensor;
    specialLogNdtr(): Tensor;
    specialLogSoftmax(dim: number | bigint, options?: { dtype?: DType | undefined }): Tensor;
    specialLogit(eps?: number | undefined): Tensor;
    specialLogsumexp(dim: number | readonly number[], keepdim?: boolean): Tensor;
    specialModifiedBesselI0(): Tensor;
    specialModifiedBesselI1(): Tensor;
    specialModifiedBesselK0(): Tensor;
    specialModifiedBesselK1(): Tensor;
    specialMultigammaln(p: number | bigint): Tensor;
    specialNdtr(): Tensor;
    specialNdtri(): Tensor;
    specialPsi(): Tensor;
    specialRound(options?: { decimals?: number | bigint | undefined }): Tensor;
    specialSinc(): Tensor;
    specialSoftmax(dim: number | bigint, dtype?: DType | undefined): Tensor;
    specialXlog1py(other: Tensor): Tensor;
    specialXlog1py(other: number | bigint | boolean): Tensor;
    specialXlogy(other: Tensor): Tensor;
    specialXlogy(other: number | bigint | boolean): Tensor;
    specialZeta(other: Tensor): Tensor;
    specialZeta(other: number | bigint | boolean): Tensor;
    split(splitSize: number | bigint, dim?: number | bigint): Tensor[];
    split(splitSize: readonly number[], dim?: number | bigint): Tensor[];
    splitWithSizes(splitSizes: readonly number[], dim?: number | bigint): Tensor[];
    sqrt(): Tensor;
    sqrt_(): Tensor;
    square(): Tensor;
    square_(): Tensor;
    squeeze(): Tensor;
    squeeze(dim: number | bigint): Tensor;
    squeeze(dim: string): Tensor;
    sspaddmm(mat1: Tensor, mat2: Tensor, options?: { beta?: number | bigint | boolean | undefined; alpha?: number | bigint | boolean | undefined }): Tensor;
    std(dim?: number | readonly number[] | undefined, options?: { correction?: number | bigint | undefined; keepdim?: boolean | undefined }): Tensor;
    std(unbiased?: boolean): Tensor;
    std(dim?: number | readonly number[] | undefined, unbiased?: boolean, keepdim?: boolean): Tensor;
    stdMean(dim?: number | readonly number[] | undefined, options?: { correction?: number | bigint | undefined; keepdim?: boolean | undefined }): [Tensor, Tensor];
    stdMean(unbiased?: boolean): [Tensor, Tensor];
    stdMean(dim?: number | readonly number[] | undefined, unbiased?: boolean, keepdim?: boolean): [Tensor, Tensor];
    stft(nFft: number | bigint, hopLength?: number | bigint | undefined, winLength?: number | bigint | undefined, window?: Tensor | undefined, normalized?: boolean, onesided?: boolean | undefined, returnComplex?: boolean | undefined): Tensor;
    stft(nFft: number | bigint, hopLength?: number | bigint | undefined, winLength?: number | bigint | undefined, window?: Tensor | undefined, center?: boolean, padMode?: string, normalized?: boolean, onesided?: boolean | undefined, returnComplex?: boolean | undefined): Tensor;
    sub(other: Tensor, options?: { alpha?: number | bigint | boolean | undefined }): Tensor;
    sub(other: number | bigint | boolean, alpha?: number | bigint | boolean): Tensor;
    sub_(other: Tensor, options?: { alpha?: number | bigint | boolean | undefined }): Tensor;
    sub_(other: number | bigint | boolean, alpha?: number | bigint | boolean): Tensor;
    subtract(other: Tensor, options?: { alpha?: number | bigint | boolean | undefined }): Tensor;
    subtract(other: number | bigint | boolean, alpha?: number | bigint | boolean): Tensor;
    subtract_(other: Tensor, options?: { alpha?: number | bigint | boolean | undefined }): Tensor;
    subtract_(other: number | bigint | boolean, alpha?: number | bigint | boolean): Tensor;
    sum(options?: { dtype?: DType | undefined }): Tensor;
    sum(dim?: number | readonly number[] | undefined, keepdim?: boolean, options?: { dtype?: DType | undefined }): Tensor;
    sumToSize(size: readonly number[]): Tensor;
    svd(some?: boolean, computeUv?: boolean): [Tensor, Tensor, Tensor];
    swapaxes(axis0: number | bigint, axis1: number | bigint): Tensor;
    swapdims(dim0: number | bigint, dim1: number | bigint): Tensor;
    symeig(eigenvectors?: boolean, upper?: boolean): [Tensor, Tensor];
    t(): Tensor;
    take(index: Tensor): Tensor;
    takeAlongDim(indices: Tensor, dim?: number | bigint | undefined): Tensor;
    tan(): Tensor;
    tan_(): Tensor;
    tanh(): Tensor;
    tanh_(): Tensor;
    tensorSplit(tensorIndicesOrSections: Tensor, dim?: number | bigint): Tensor[];
    tensorSplit(indices: readonly number[], dim?: number | bigint): Tensor[];
    tensorSplit(sections: number | bigint, dim?: number | bigint): Tensor[];
    tensordot(other: Tensor, dimsSelf: readonly number[], dimsOther: readonly number[]): Tensor;
    threshold(threshold: number | bigint | boolean, value: number | bigint | boolean): Tensor;
    threshold_(threshold: number | bigint | boolean, value: number | bigint | boolean): Tensor;
    tile(dims: readonly number[]): Tensor;
    toDense(dtype?: DType | undefined): Tensor;
    toPaddedTensor(padding: number, outputSize?: readonly number[] | undefined): Tensor;
    topk(k: number | bigint, dim?: number | bigint, largest?: boolean, sorted?: boolean): [Tensor, Tensor];
    trace(): Tensor;
    transpose(dim0: string, dim1: string): Tensor;
    transpose(dim0: number | bigint, dim1: number | bigint): Tensor;
    triangularSolve(A: Tensor, upper?: boolean, transpose?: boolean, unitriangular?: boolean): [Tensor, Tensor];
    tril(diagonal?: number | bigint): Tensor;
    tril_(diagonal?: number | bigint): Tensor;
    triu(diagonal?: number | bigint): Tensor;
    triu_(diagonal?: number | bigint): Tensor;
    trueDivide(other: Tensor): Tensor;
    trueDivide(other: number | bigint | boolean): Tensor;
    trueDivide_(other: Tensor): Tensor;
    trueDivide_(other: number | bigint | boolean): Tensor;
    trunc(): Tensor;
    trunc_(): Tensor;
    typeAs(other: Tensor): Tensor;
    unbind(dim: string): Tensor[];
    unbind(dim?: number | bigint): Tensor[];
    unflatten(dim: number | bigint, sizes: readonly number[]): Tensor;
    unfold(dimension: number | bigint, size: number | bigint, step: number | bigint): Tensor;
    uniform(from?: number, to?: number): Tensor;
    uniform_(from?: number, to?: number): Tensor;
    uniqueConsecutive(returnInverse?: boolean, returnCounts?: boolean, dim?: number | bigint | undefined): [Tensor, Tensor, Tensor];
    uniqueDim(dim: number | bigint, sorted?: boolean, returnInverse?: boolean, returnCounts?: boolean): [Tensor, Tensor, Tensor];
    uniqueDimConsecutive(dim: number | bigint, returnInverse?: boolean, returnCounts?: boolean): [Tensor, Tensor, Tensor];
    unsafeSplitWithSizes(splitSizes: readonly number[], dim?: number | bigint): Tensor[];
    unsqueeze(dim: number | bigint): Tensor;
    upsampleBicubic2d(outputSize: number | readonly number[], alignCorners: boolean, scalesH?: number | undefined, scalesW?: number | undefined): Tensor;
    upsampleBilinear2d(outputSize: number | readonly number[], alignCorners: boolean, scalesH?: number | undefined, scalesW?: number | undefined): Tensor;
    upsampleLinear1d(outputSize: number | readonly number[], alignCorners: boolean, scales?: number | undefined): Tensor;
    upsampleNearest1d(outputSize: number | readonly number[], scales?: number | undefined): Tensor;
    upsampleNearest2d(outputSize: number | readonly number[], scalesH?: number | undefined, scalesW?: number | undefined): Tensor;
    upsampleNearest3d(outputSize: number | readonly number[], scalesD?: number | undefined, scalesH?: number | undefined, scalesW?: number | undefined): Tensor;
    upsampleTrilinear3d(outputSize: number | readonly number[], alignCorners: boolean, scalesD?: number | undefined, scalesH?: number | undefined, scalesW?: number | undefined): Tensor;
    values(): Tensor;
    var(dim?: number | readonly number[] | undefined, options?: { correction?: number | bigint | undefined; keepdim?: boolean | undefined }): Tensor;
    var(unbiased?: boolean): Tensor;
    var(dim?: number | readonly number[] | undefined, unbiased?: boolean, keepdim?: boolean): Tensor;
    varMean(dim?: number | readonly number[] | undefined, options?: { correction?: number | bigint | undefined; keepdim?: boolean | undefined }): [Tensor, Tensor];
    varMean(unbiased?: boolean): [Tensor, Tensor];
    varMean(dim?: number | readonly number[] | undefined, unbiased?: boolean, keepdim?: boolean): [Tensor, Tensor];
    vdot(other: Tensor): Tensor;
    view(size: readonly number[]): Tensor;
    view(dtype: DType): Tensor;
    viewAs(other: Tensor): Tensor;
    viewAsComplex(): Tensor;
    viewAsReal(): Tensor;
    vsplit(indices: readonly number[]): Tensor[];
    vsplit(sections: number | bigint): Tensor[];
    xlogy(other: Tensor): Tensor;
    xlogy(other: number | bigint | boolean): Tensor;
    xlogy_(other: Tensor): Tensor;
    xlogy_(other: number | bigint | boolean): Tensor;
    zero(): Tensor;
    zero_(): Tensor;
    zerosLike(options?: { dtype?: DType | undefined; device?: string | undefined; memoryFormat?: MemoryFormat | undefined }): Tensor;
  }
}

type Untyped = (...values: unknown[]) => unknown;

class Methods {
  abs(): unknown {
    return (ops.abs as Untyped)(this);
  }

  abs_(): unknown {
    return (ops.abs_ as Untyped)(this);
  }

  absolute(): unknown {
    return (ops.absolute as Untyped)(this);
  }

  absolute_(): unknown {
    return (ops.absolute_ as Untyped)(this);
  }

  acos(): unknown {
    return (ops.acos as Untyped)(this);
  }

  acos_(): unknown {
    return (ops.acos_ as Untyped)(this);
  }

  acosh(): unknown {
    return (ops.acosh as Untyped)(this);
  }

  acosh_(): unknown {
    return (ops.acosh_ as Untyped)(this);
  }

  adaptiveAvgPool1d(a0?: unknown): unknown {
    return (ops.adaptiveAvgPool1d as Untyped)(this, a0);
  }

  adaptiveAvgPool2d(a0?: unknown): unknown {
    return (ops.adaptiveAvgPool2d as Untyped)(this, a0);
  }

  adaptiveAvgPool3d(a0?: unknown): unknown {
    return (ops.adaptiveAvgPool3d as Untyped)(this, a0);
  }

  adaptiveMaxPool1d(a0?: unknown): unknown {
    return (ops.adaptiveMaxPool1d as Untyped)(this, a0);
  }

  adaptiveMaxPool2d(a0?: unknown): unknown {
    return (ops.adaptiveMaxPool2d as Untyped)(this, a0);
  }

  adaptiveMaxPool3d(a0?: unknown): unknown {
    return (ops.adaptiveMaxPool3d as Untyped)(this, a0);
  }

  add(a0?: unknown, a1?: unknown): unknown {
    return (ops.add as Untyped)(this, a0, a1);
  }

  add_(a0?: unknown, a1?: unknown): unknown {
    return (ops.add_ as Untyped)(this, a0, a1);
  }

  addbmm(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.addbmm as Untyped)(this, a0, a1, a2);
  }

  addbmm_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.addbmm_ as Untyped)(this, a0, a1, a2);
  }

  addcdiv(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.addcdiv as Untyped)(this, a0, a1, a2);
  }

  addcdiv_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.addcdiv_ as Untyped)(this, a0, a1, a2);
  }

  addcmul(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.addcmul as Untyped)(this, a0, a1, a2);
  }

  addcmul_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.addcmul_ as Untyped)(this, a0, a1, a2);
  }

  addmm(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.addmm as Untyped)(this, a0, a1, a2);
  }

  addmm_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.addmm_ as Untyped)(this, a0, a1, a2);
  }

  addmv(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.addmv as Untyped)(this, a0, a1, a2);
  }

  addmv_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.addmv_ as Untyped)(this, a0, a1, a2);
  }

  addr(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.addr as Untyped)(this, a0, a1, a2);
  }

  addr_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.addr_ as Untyped)(this, a0, a1, a2);
  }

  adjoint(): unknown {
    return (ops.adjoint as Untyped)(this);
  }

  alias(): unknown {
    return (ops.alias as Untyped)(this);
  }

  all(a0?: unknown, a1?: unknown): unknown {
    return (ops.all as Untyped)(this, a0, a1);
  }

  allclose(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.allclose as Untyped)(this, a0, a1, a2, a3);
  }

  alphaDropout_(a0?: unknown, a1?: unknown): unknown {
    return (ops.alphaDropout_ as Untyped)(this, a0, a1);
  }

  amax(a0?: unknown, a1?: unknown): unknown {
    return (ops.amax as Untyped)(this, a0, a1);
  }

  amin(a0?: unknown, a1?: unknown): unknown {
    return (ops.amin as Untyped)(this, a0, a1);
  }

  aminmax(a0?: unknown): unknown {
    return (ops.aminmax as Untyped)(this, a0);
  }

  angle(): unknown {
    return (ops.angle as Untyped)(this);
  }

  any(a0?: unknown, a1?: unknown): unknown {
    return (ops.any as Untyped)(this, a0, a1);
  }

  arccos(): unknown {
    return (ops.arccos as Untyped)(this);
  }

  arccos_(): unknown {
    return (ops.arccos_ as Untyped)(this);
  }

  arccosh(): unknown {
    return (ops.arccosh as Untyped)(this);
  }

  arccosh_(): unknown {
    return (ops.arccosh_ as Untyped)(this);
  }

  arcsin(): unknown {
    return (ops.arcsin as Untyped)(this);
  }

  arcsin_(): unknown {
    return (ops.arcsin_ as Untyped)(this);
  }

  arcsinh(): unknown {
    return (ops.arcsinh as Untyped)(this);
  }

  arcsinh_(): unknown {
    return (ops.arcsinh_ as Untyped)(this);
  }

  arctan(): unknown {
    return (ops.arctan as Untyped)(this);
  }

  arctan2(a0?: unknown): unknown {
    return (ops.arctan2 as Untyped)(this, a0);
  }

  arctan2_(a0?: unknown): unknown {
    return (ops.arctan2_ as Untyped)(this, a0);
  }

  arctan_(): unknown {
    return (ops.arctan_ as Untyped)(this);
  }

  arctanh(): unknown {
    return (ops.arctanh as Untyped)(this);
  }

  arctanh_(): unknown {
    return (ops.arctanh_ as Untyped)(this);
  }

  argmax(a0?: unknown, a1?: unknown): unknown {
    return (ops.argmax as Untyped)(this, a0, a1);
  }

  argmin(a0?: unknown, a1?: unknown): unknown {
    return (ops.argmin as Untyped)(this, a0, a1);
  }

  argsort(a0?: unknown, a1?: unknown): unknown {
    return (ops.argsort as Untyped)(this, a0, a1);
  }

  argwhere(): unknown {
    return (ops.argwhere as Untyped)(this);
  }

  asStrided(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.asStrided as Untyped)(this, a0, a1, a2);
  }

  asStridedScatter(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.asStridedScatter as Untyped)(this, a0, a1, a2, a3);
  }

  asin(): unknown {
    return (ops.asin as Untyped)(this);
  }

  asin_(): unknown {
    return (ops.asin_ as Untyped)(this);
  }

  asinh(): unknown {
    return (ops.asinh as Untyped)(this);
  }

  asinh_(): unknown {
    return (ops.asinh_ as Untyped)(this);
  }

  atan(): unknown {
    return (ops.atan as Untyped)(this);
  }

  atan2(a0?: unknown): unknown {
    return (ops.atan2 as Untyped)(this, a0);
  }

  atan2_(a0?: unknown): unknown {
    return (ops.atan2_ as Untyped)(this, a0);
  }

  atan_(): unknown {
    return (ops.atan_ as Untyped)(this);
  }

  atanh(): unknown {
    return (ops.atanh as Untyped)(this);
  }

  atanh_(): unknown {
    return (ops.atanh_ as Untyped)(this);
  }

  atleast1d(): unknown {
    return (ops.atleast1d as Untyped)(this);
  }

  atleast2d(): unknown {
    return (ops.atleast2d as Untyped)(this);
  }

  atleast3d(): unknown {
    return (ops.atleast3d as Untyped)(this);
  }

  avgPool1d(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
    return (ops.avgPool1d as Untyped)(this, a0, a1, a2, a3, a4);
  }

  avgPool2d(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown): unknown {
    return (ops.avgPool2d as Untyped)(this, a0, a1, a2, a3, a4, a5);
  }

  avgPool3d(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown): unknown {
    return (ops.avgPool3d as Untyped)(this, a0, a1, a2, a3, a4, a5);
  }

  baddbmm(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.baddbmm as Untyped)(this, a0, a1, a2);
  }

  baddbmm_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.baddbmm_ as Untyped)(this, a0, a1, a2);
  }

  bernoulli(a0?: unknown): unknown {
    return (ops.bernoulli as Untyped)(this, a0);
  }

  bernoulli_(a0?: unknown): unknown {
    return (ops.bernoulli_ as Untyped)(this, a0);
  }

  binaryCrossEntropy(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.binaryCrossEntropy as Untyped)(this, a0, a1, a2);
  }

  binaryCrossEntropyWithLogits(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.binaryCrossEntropyWithLogits as Untyped)(this, a0, a1, a2, a3);
  }

  bincount(a0?: unknown, a1?: unknown): unknown {
    return (ops.bincount as Untyped)(this, a0, a1);
  }

  bitwiseAnd(a0?: unknown): unknown {
    return (ops.bitwiseAnd as Untyped)(this, a0);
  }

  bitwiseAnd_(a0?: unknown): unknown {
    return (ops.bitwiseAnd_ as Untyped)(this, a0);
  }

  bitwiseLeftShift(a0?: unknown): unknown {
    return (ops.bitwiseLeftShift as Untyped)(this, a0);
  }

  bitwiseLeftShift_(a0?: unknown): unknown {
    return (ops.bitwiseLeftShift_ as Untyped)(this, a0);
  }

  bitwiseNot(): unknown {
    return (ops.bitwiseNot as Untyped)(this);
  }

  bitwiseNot_(): unknown {
    return (ops.bitwiseNot_ as Untyped)(this);
  }

  bitwiseOr(a0?: unknown): unknown {
    return (ops.bitwiseOr as Untyped)(this, a0);
  }

  bitwiseOr_(a0?: unknown): unknown {
    return (ops.bitwiseOr_ as Untyped)(this, a0);
  }

  bitwiseRightShift(a0?: unknown): unknown {
    return (ops.bitwiseRightShift as Untyped)(this, a0);
  }

  bitwiseRightShift_(a0?: unknown): unknown {
    return (ops.bitwiseRightShift_ as Untyped)(this, a0);
  }

  bitwiseXor(a0?: unknown): unknown {
    return (ops.bitwiseXor as Untyped)(this, a0);
  }

  bitwiseXor_(a0?: unknown): unknown {
    return (ops.bitwiseXor_ as Untyped)(this, a0);
  }

  bmm(a0?: unknown): unknown {
    return (ops.bmm as Untyped)(this, a0);
  }

  broadcastTo(a0?: unknown): unknown {
    return (ops.broadcastTo as Untyped)(this, a0);
  }

  bucketize(a0?: unknown, a1?: unknown): unknown {
    return (ops.bucketize as Untyped)(this, a0, a1);
  }

  cauchy(a0?: unknown, a1?: unknown): unknown {
    return (ops.cauchy as Untyped)(this, a0, a1);
  }

  cauchy_(a0?: unknown, a1?: unknown): unknown {
    return (ops.cauchy_ as Untyped)(this, a0, a1);
  }

  ccolIndices(): unknown {
    return (ops.ccolIndices as Untyped)(this);
  }

  ceil(): unknown {
    return (ops.ceil as Untyped)(this);
  }

  ceil_(): unknown {
    return (ops.ceil_ as Untyped)(this);
  }

  celu(a0?: unknown): unknown {
    return (ops.celu as Untyped)(this, a0);
  }

  celu_(a0?: unknown): unknown {
    return (ops.celu_ as Untyped)(this, a0);
  }

  chalf(a0?: unknown): unknown {
    return (ops.chalf as Untyped)(this, a0);
  }

  channelShuffle(a0?: unknown): unknown {
    return (ops.channelShuffle as Untyped)(this, a0);
  }

  cholesky(a0?: unknown): unknown {
    return (ops.cholesky as Untyped)(this, a0);
  }

  choleskyInverse(a0?: unknown): unknown {
    return (ops.choleskyInverse as Untyped)(this, a0);
  }

  choleskySolve(a0?: unknown, a1?: unknown): unknown {
    return (ops.choleskySolve as Untyped)(this, a0, a1);
  }

  chunk(a0?: unknown, a1?: unknown): unknown {
    return (ops.chunk as Untyped)(this, a0, a1);
  }

  clamp(a0?: unknown, a1?: unknown): unknown {
    return (ops.clamp as Untyped)(this, a0, a1);
  }

  clampMax(a0?: unknown): unknown {
    return (ops.clampMax as Untyped)(this, a0);
  }

  clampMax_(a0?: unknown): unknown {
    return (ops.clampMax_ as Untyped)(this, a0);
  }

  clampMin(a0?: unknown): unknown {
    return (ops.clampMin as Untyped)(this, a0);
  }

  clampMin_(a0?: unknown): unknown {
    return (ops.clampMin_ as Untyped)(this, a0);
  }

  clamp_(a0?: unknown, a1?: unknown): unknown {
    return (ops.clamp_ as Untyped)(this, a0, a1);
  }

  clip(a0?: unknown, a1?: unknown): unknown {
    return (ops.clip as Untyped)(this, a0, a1);
  }

  clip_(a0?: unknown, a1?: unknown): unknown {
    return (ops.clip_ as Untyped)(this, a0, a1);
  }

  clone(a0?: unknown): unknown {
    return (ops.clone as Untyped)(this, a0);
  }

  coalesce(): unknown {
    return (ops.coalesce as Untyped)(this);
  }

  col2im(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
    return (ops.col2im as Untyped)(this, a0, a1, a2, a3, a4);
  }

  colIndices(): unknown {
    return (ops.colIndices as Untyped)(this);
  }

  combinations(a0?: unknown, a1?: unknown): unknown {
    return (ops.combinations as Untyped)(this, a0, a1);
  }

  conj(): unknown {
    return (ops.conj as Untyped)(this);
  }

  conjPhysical(): unknown {
    return (ops.conjPhysical as Untyped)(this);
  }

  conjPhysical_(): unknown {
    return (ops.conjPhysical_ as Untyped)(this);
  }

  constantPadNd(a0?: unknown, a1?: unknown): unknown {
    return (ops.constantPadNd as Untyped)(this, a0, a1);
  }

  contiguous(a0?: unknown): unknown {
    return (ops.contiguous as Untyped)(this, a0);
  }

  convDepthwise3d(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown): unknown {
    return (ops.convDepthwise3d as Untyped)(this, a0, a1, a2, a3, a4, a5);
  }

  convTbc(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.convTbc as Untyped)(this, a0, a1, a2);
  }

  copy(a0?: unknown, a1?: unknown): unknown {
    return (ops.copy as Untyped)(this, a0, a1);
  }

  copySparseToSparse(a0?: unknown, a1?: unknown): unknown {
    return (ops.copySparseToSparse as Untyped)(this, a0, a1);
  }

  copySparseToSparse_(a0?: unknown, a1?: unknown): unknown {
    return (ops.copySparseToSparse_ as Untyped)(this, a0, a1);
  }

  copy_(a0?: unknown, a1?: unknown): unknown {
    return (ops.copy_ as Untyped)(this, a0, a1);
  }

  copysign(a0?: unknown): unknown {
    return (ops.copysign as Untyped)(this, a0);
  }

  copysign_(a0?: unknown): unknown {
    return (ops.copysign_ as Untyped)(this, a0);
  }

  corrcoef(): unknown {
    return (ops.corrcoef as Untyped)(this);
  }

  cos(): unknown {
    return (ops.cos as Untyped)(this);
  }

  cos_(): unknown {
    return (ops.cos_ as Untyped)(this);
  }

  cosh(): unknown {
    return (ops.cosh as Untyped)(this);
  }

  cosh_(): unknown {
    return (ops.cosh_ as Untyped)(this);
  }

  countNonzero(a0?: unknown): unknown {
    return (ops.countNonzero as Untyped)(this, a0);
  }

  cov(a0?: unknown): unknown {
    return (ops.cov as Untyped)(this, a0);
  }

  cross(a0?: unknown, a1?: unknown): unknown {
    return (ops.cross as Untyped)(this, a0, a1);
  }

  crossEntropyLoss(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
    return (ops.crossEntropyLoss as Untyped)(this, a0, a1, a2, a3, a4);
  }

  crowIndices(): unknown {
    return (ops.crowIndices as Untyped)(this);
  }

  cummax(a0?: unknown): unknown {
    return (ops.cummax as Untyped)(this, a0);
  }

  cummin(a0?: unknown): unknown {
    return (ops.cummin as Untyped)(this, a0);
  }

  cumprod(a0?: unknown, a1?: unknown): unknown {
    return (ops.cumprod as Untyped)(this, a0, a1);
  }

  cumprod_(a0?: unknown, a1?: unknown): unknown {
    return (ops.cumprod_ as Untyped)(this, a0, a1);
  }

  cumsum(a0?: unknown, a1?: unknown): unknown {
    return (ops.cumsum as Untyped)(this, a0, a1);
  }

  cumsum_(a0?: unknown, a1?: unknown): unknown {
    return (ops.cumsum_ as Untyped)(this, a0, a1);
  }

  deg2rad(): unknown {
    return (ops.deg2rad as Untyped)(this);
  }

  deg2rad_(): unknown {
    return (ops.deg2rad_ as Untyped)(this);
  }

  denseDim(): unknown {
    return (ops.denseDim as Untyped)(this);
  }

  det(): unknown {
    return (ops.det as Untyped)(this);
  }

  detach(): unknown {
    return (ops.detach as Untyped)(this);
  }

  diag(a0?: unknown): unknown {
    return (ops.diag as Untyped)(this, a0);
  }

  diagEmbed(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.diagEmbed as Untyped)(this, a0, a1, a2);
  }

  diagflat(a0?: unknown): unknown {
    return (ops.diagflat as Untyped)(this, a0);
  }

  diagonal(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.diagonal as Untyped)(this, a0, a1, a2);
  }

  diagonalScatter(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.diagonalScatter as Untyped)(this, a0, a1, a2, a3);
  }

  diff(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.diff as Untyped)(this, a0, a1, a2, a3);
  }

  digamma(): unknown {
    return (ops.digamma as Untyped)(this);
  }

  digamma_(): unknown {
    return (ops.digamma_ as Untyped)(this);
  }

  dist(a0?: unknown, a1?: unknown): unknown {
    return (ops.dist as Untyped)(this, a0, a1);
  }

  div(a0?: unknown, a1?: unknown): unknown {
    return (ops.div as Untyped)(this, a0, a1);
  }

  div_(a0?: unknown, a1?: unknown): unknown {
    return (ops.div_ as Untyped)(this, a0, a1);
  }

  divide(a0?: unknown, a1?: unknown): unknown {
    return (ops.divide as Untyped)(this, a0, a1);
  }

  divide_(a0?: unknown, a1?: unknown): unknown {
    return (ops.divide_ as Untyped)(this, a0, a1);
  }

  dot(a0?: unknown): unknown {
    return (ops.dot as Untyped)(this, a0);
  }

  dropout_(a0?: unknown, a1?: unknown): unknown {
    return (ops.dropout_ as Untyped)(this, a0, a1);
  }

  dsplit(a0?: unknown): unknown {
    return (ops.dsplit as Untyped)(this, a0);
  }

  elu(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.elu as Untyped)(this, a0, a1, a2);
  }

  elu_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.elu_ as Untyped)(this, a0, a1, a2);
  }

  embeddingRenorm(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.embeddingRenorm as Untyped)(this, a0, a1, a2);
  }

  embeddingRenorm_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.embeddingRenorm_ as Untyped)(this, a0, a1, a2);
  }

  emptyLike(a0?: unknown): unknown {
    return (ops.emptyLike as Untyped)(this, a0);
  }

  eq(a0?: unknown): unknown {
    return (ops.eq as Untyped)(this, a0);
  }

  eq_(a0?: unknown): unknown {
    return (ops.eq_ as Untyped)(this, a0);
  }

  equal(a0?: unknown): unknown {
    return (ops.equal as Untyped)(this, a0);
  }

  erf(): unknown {
    return (ops.erf as Untyped)(this);
  }

  erf_(): unknown {
    return (ops.erf_ as Untyped)(this);
  }

  erfc(): unknown {
    return (ops.erfc as Untyped)(this);
  }

  erfc_(): unknown {
    return (ops.erfc_ as Untyped)(this);
  }

  erfinv(): unknown {
    return (ops.erfinv as Untyped)(this);
  }

  erfinv_(): unknown {
    return (ops.erfinv_ as Untyped)(this);
  }

  exp(): unknown {
    return (ops.exp as Untyped)(this);
  }

  exp2(): unknown {
    return (ops.exp2 as Untyped)(this);
  }

  exp2_(): unknown {
    return (ops.exp2_ as Untyped)(this);
  }

  exp_(): unknown {
    return (ops.exp_ as Untyped)(this);
  }

  expand(a0?: unknown, a1?: unknown): unknown {
    return (ops.expand as Untyped)(this, a0, a1);
  }

  expandAs(a0?: unknown): unknown {
    return (ops.expandAs as Untyped)(this, a0);
  }

  expm1(): unknown {
    return (ops.expm1 as Untyped)(this);
  }

  expm1_(): unknown {
    return (ops.expm1_ as Untyped)(this);
  }

  exponential(a0?: unknown): unknown {
    return (ops.exponential as Untyped)(this, a0);
  }

  exponential_(a0?: unknown): unknown {
    return (ops.exponential_ as Untyped)(this, a0);
  }

  featureAlphaDropout_(a0?: unknown, a1?: unknown): unknown {
    return (ops.featureAlphaDropout_ as Untyped)(this, a0, a1);
  }

  featureDropout_(a0?: unknown, a1?: unknown): unknown {
    return (ops.featureDropout_ as Untyped)(this, a0, a1);
  }

  fftFft(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.fftFft as Untyped)(this, a0, a1, a2);
  }

  fftFft2(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.fftFft2 as Untyped)(this, a0, a1, a2);
  }

  fftFftn(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.fftFftn as Untyped)(this, a0, a1, a2);
  }

  fftFftshift(a0?: unknown): unknown {
    return (ops.fftFftshift as Untyped)(this, a0);
  }

  fftHfft(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.fftHfft as Untyped)(this, a0, a1, a2);
  }

  fftHfft2(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.fftHfft2 as Untyped)(this, a0, a1, a2);
  }

  fftHfftn(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.fftHfftn as Untyped)(this, a0, a1, a2);
  }

  fftIfft(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.fftIfft as Untyped)(this, a0, a1, a2);
  }

  fftIfft2(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.fftIfft2 as Untyped)(this, a0, a1, a2);
  }

  fftIfftn(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.fftIfftn as Untyped)(this, a0, a1, a2);
  }

  fftIfftshift(a0?: unknown): unknown {
    return (ops.fftIfftshift as Untyped)(this, a0);
  }

  fftIhfft(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.fftIhfft as Untyped)(this, a0, a1, a2);
  }

  fftIhfft2(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.fftIhfft2 as Untyped)(this, a0, a1, a2);
  }

  fftIhfftn(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.fftIhfftn as Untyped)(this, a0, a1, a2);
  }

  fftIrfft(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.fftIrfft as Untyped)(this, a0, a1, a2);
  }

  fftIrfft2(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.fftIrfft2 as Untyped)(this, a0, a1, a2);
  }

  fftIrfftn(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.fftIrfftn as Untyped)(this, a0, a1, a2);
  }

  fftRfft(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.fftRfft as Untyped)(this, a0, a1, a2);
  }

  fftRfft2(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.fftRfft2 as Untyped)(this, a0, a1, a2);
  }

  fftRfftn(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.fftRfftn as Untyped)(this, a0, a1, a2);
  }

  fill(a0?: unknown): unknown {
    return (ops.fill as Untyped)(this, a0);
  }

  fillDiagonal_(a0?: unknown, a1?: unknown): unknown {
    return (ops.fillDiagonal_ as Untyped)(this, a0, a1);
  }

  fill_(a0?: unknown): unknown {
    return (ops.fill_ as Untyped)(this, a0);
  }

  fix(): unknown {
    return (ops.fix as Untyped)(this);
  }

  fix_(): unknown {
    return (ops.fix_ as Untyped)(this);
  }

  flatten(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.flatten as Untyped)(this, a0, a1, a2);
  }

  flip(a0?: unknown): unknown {
    return (ops.flip as Untyped)(this, a0);
  }

  fliplr(): unknown {
    return (ops.fliplr as Untyped)(this);
  }

  flipud(): unknown {
    return (ops.flipud as Untyped)(this);
  }

  floatPower(a0?: unknown): unknown {
    return (ops.floatPower as Untyped)(this, a0);
  }

  floatPower_(a0?: unknown): unknown {
    return (ops.floatPower_ as Untyped)(this, a0);
  }

  floor(): unknown {
    return (ops.floor as Untyped)(this);
  }

  floorDivide(a0?: unknown): unknown {
    return (ops.floorDivide as Untyped)(this, a0);
  }

  floorDivide_(a0?: unknown): unknown {
    return (ops.floorDivide_ as Untyped)(this, a0);
  }

  floor_(): unknown {
    return (ops.floor_ as Untyped)(this);
  }

  fmax(a0?: unknown): unknown {
    return (ops.fmax as Untyped)(this, a0);
  }

  fmin(a0?: unknown): unknown {
    return (ops.fmin as Untyped)(this, a0);
  }

  fmod(a0?: unknown): unknown {
    return (ops.fmod as Untyped)(this, a0);
  }

  fmod_(a0?: unknown): unknown {
    return (ops.fmod_ as Untyped)(this, a0);
  }

  frac(): unknown {
    return (ops.frac as Untyped)(this);
  }

  frac_(): unknown {
    return (ops.frac_ as Untyped)(this);
  }

  fractionalMaxPool2d(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.fractionalMaxPool2d as Untyped)(this, a0, a1, a2);
  }

  fractionalMaxPool3d(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.fractionalMaxPool3d as Untyped)(this, a0, a1, a2);
  }

  frexp(): unknown {
    return (ops.frexp as Untyped)(this);
  }

  frobeniusNorm(a0?: unknown, a1?: unknown): unknown {
    return (ops.frobeniusNorm as Untyped)(this, a0, a1);
  }

  fullLike(a0?: unknown, a1?: unknown): unknown {
    return (ops.fullLike as Untyped)(this, a0, a1);
  }

  gather(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.gather as Untyped)(this, a0, a1, a2);
  }

  gcd(a0?: unknown): unknown {
    return (ops.gcd as Untyped)(this, a0);
  }

  gcd_(a0?: unknown): unknown {
    return (ops.gcd_ as Untyped)(this, a0);
  }

  ge(a0?: unknown): unknown {
    return (ops.ge as Untyped)(this, a0);
  }

  ge_(a0?: unknown): unknown {
    return (ops.ge_ as Untyped)(this, a0);
  }

  gelu(a0?: unknown): unknown {
    return (ops.gelu as Untyped)(this, a0);
  }

  gelu_(a0?: unknown): unknown {
    return (ops.gelu_ as Untyped)(this, a0);
  }

  geometric(a0?: unknown): unknown {
    return (ops.geometric as Untyped)(this, a0);
  }

  geometric_(a0?: unknown): unknown {
    return (ops.geometric_ as Untyped)(this, a0);
  }

  geqrf(): unknown {
    return (ops.geqrf as Untyped)(this);
  }

  ger(a0?: unknown): unknown {
    return (ops.ger as Untyped)(this, a0);
  }

  glu(a0?: unknown): unknown {
    return (ops.glu as Untyped)(this, a0);
  }

  gradient(a0?: unknown): unknown {
    return (ops.gradient as Untyped)(this, a0);
  }

  greater(a0?: unknown): unknown {
    return (ops.greater as Untyped)(this, a0);
  }

  greaterEqual(a0?: unknown): unknown {
    return (ops.greaterEqual as Untyped)(this, a0);
  }

  greaterEqual_(a0?: unknown): unknown {
    return (ops.greaterEqual_ as Untyped)(this, a0);
  }

  greater_(a0?: unknown): unknown {
    return (ops.greater_ as Untyped)(this, a0);
  }

  gt(a0?: unknown): unknown {
    return (ops.gt as Untyped)(this, a0);
  }

  gt_(a0?: unknown): unknown {
    return (ops.gt_ as Untyped)(this, a0);
  }

  hardshrink(a0?: unknown): unknown {
    return (ops.hardshrink as Untyped)(this, a0);
  }

  hardsigmoid(): unknown {
    return (ops.hardsigmoid as Untyped)(this);
  }

  hardsigmoid_(): unknown {
    return (ops.hardsigmoid_ as Untyped)(this);
  }

  hardswish(): unknown {
    return (ops.hardswish as Untyped)(this);
  }

  hardswish_(): unknown {
    return (ops.hardswish_ as Untyped)(this);
  }

  hardtanh(a0?: unknown, a1?: unknown): unknown {
    return (ops.hardtanh as Untyped)(this, a0, a1);
  }

  hardtanh_(a0?: unknown, a1?: unknown): unknown {
    return (ops.hardtanh_ as Untyped)(this, a0, a1);
  }

  heaviside(a0?: unknown): unknown {
    return (ops.heaviside as Untyped)(this, a0);
  }

  heaviside_(a0?: unknown): unknown {
    return (ops.heaviside_ as Untyped)(this, a0);
  }

  hingeEmbeddingLoss(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.hingeEmbeddingLoss as Untyped)(this, a0, a1, a2);
  }

  histc(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.histc as Untyped)(this, a0, a1, a2);
  }

  histogram(a0?: unknown, a1?: unknown): unknown {
    return (ops.histogram as Untyped)(this, a0, a1);
  }

  histogramdd(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.histogramdd as Untyped)(this, a0, a1, a2, a3);
  }

  hsplit(a0?: unknown): unknown {
    return (ops.hsplit as Untyped)(this, a0);
  }

  huberLoss(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.huberLoss as Untyped)(this, a0, a1, a2);
  }

  hypot(a0?: unknown): unknown {
    return (ops.hypot as Untyped)(this, a0);
  }

  hypot_(a0?: unknown): unknown {
    return (ops.hypot_ as Untyped)(this, a0);
  }

  i0(): unknown {
    return (ops.i0 as Untyped)(this);
  }

  i0_(): unknown {
    return (ops.i0_ as Untyped)(this);
  }

  igamma(a0?: unknown): unknown {
    return (ops.igamma as Untyped)(this, a0);
  }

  igamma_(a0?: unknown): unknown {
    return (ops.igamma_ as Untyped)(this, a0);
  }

  igammac(a0?: unknown): unknown {
    return (ops.igammac as Untyped)(this, a0);
  }

  igammac_(a0?: unknown): unknown {
    return (ops.igammac_ as Untyped)(this, a0);
  }

  im2col(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.im2col as Untyped)(this, a0, a1, a2, a3);
  }

  imag(): unknown {
    return (ops.imag as Untyped)(this);
  }

  index(a0?: unknown): unknown {
    return (ops.index as Untyped)(this, a0);
  }

  indexAdd(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.indexAdd as Untyped)(this, a0, a1, a2, a3);
  }

  indexAdd_(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.indexAdd_ as Untyped)(this, a0, a1, a2, a3);
  }

  indexCopy_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.indexCopy_ as Untyped)(this, a0, a1, a2);
  }

  indexFill(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.indexFill as Untyped)(this, a0, a1, a2);
  }

  indexFill_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.indexFill_ as Untyped)(this, a0, a1, a2);
  }

  indexPut(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.indexPut as Untyped)(this, a0, a1, a2);
  }

  indexPut_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.indexPut_ as Untyped)(this, a0, a1, a2);
  }

  indexReduce(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
    return (ops.indexReduce as Untyped)(this, a0, a1, a2, a3, a4);
  }

  indexReduce_(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
    return (ops.indexReduce_ as Untyped)(this, a0, a1, a2, a3, a4);
  }

  indexSelect(a0?: unknown, a1?: unknown): unknown {
    return (ops.indexSelect as Untyped)(this, a0, a1);
  }

  indices(): unknown {
    return (ops.indices as Untyped)(this);
  }

  inner(a0?: unknown): unknown {
    return (ops.inner as Untyped)(this, a0);
  }

  intRepr(): unknown {
    return (ops.intRepr as Untyped)(this);
  }

  inverse(): unknown {
    return (ops.inverse as Untyped)(this);
  }

  isComplex(): unknown {
    return (ops.isComplex as Untyped)(this);
  }

  isConj(): unknown {
    return (ops.isConj as Untyped)(this);
  }

  isDistributed(): unknown {
    return (ops.isDistributed as Untyped)(this);
  }

  isFloatingPoint(): unknown {
    return (ops.isFloatingPoint as Untyped)(this);
  }

  isInference(): unknown {
    return (ops.isInference as Untyped)(this);
  }

  isNeg(): unknown {
    return (ops.isNeg as Untyped)(this);
  }

  isNonzero(): unknown {
    return (ops.isNonzero as Untyped)(this);
  }

  isSameSize(a0?: unknown): unknown {
    return (ops.isSameSize as Untyped)(this, a0);
  }

  isSetTo(a0?: unknown): unknown {
    return (ops.isSetTo as Untyped)(this, a0);
  }

  isSigned(): unknown {
    return (ops.isSigned as Untyped)(this);
  }

  isclose(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.isclose as Untyped)(this, a0, a1, a2, a3);
  }

  isfinite(): unknown {
    return (ops.isfinite as Untyped)(this);
  }

  isinf(): unknown {
    return (ops.isinf as Untyped)(this);
  }

  isnan(): unknown {
    return (ops.isnan as Untyped)(this);
  }

  isneginf(): unknown {
    return (ops.isneginf as Untyped)(this);
  }

  isposinf(): unknown {
    return (ops.isposinf as Untyped)(this);
  }

  isreal(): unknown {
    return (ops.isreal as Untyped)(this);
  }

  istft(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown, a6?: unknown, a7?: unknown, a8?: unknown): unknown {
    return (ops.istft as Untyped)(this, a0, a1, a2, a3, a4, a5, a6, a7, a8);
  }

  klDiv(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.klDiv as Untyped)(this, a0, a1, a2);
  }

  kron(a0?: unknown): unknown {
    return (ops.kron as Untyped)(this, a0);
  }

  kthvalue(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.kthvalue as Untyped)(this, a0, a1, a2);
  }

  l1Loss(a0?: unknown, a1?: unknown): unknown {
    return (ops.l1Loss as Untyped)(this, a0, a1);
  }

  lcm(a0?: unknown): unknown {
    return (ops.lcm as Untyped)(this, a0);
  }

  lcm_(a0?: unknown): unknown {
    return (ops.lcm_ as Untyped)(this, a0);
  }

  ldexp(a0?: unknown): unknown {
    return (ops.ldexp as Untyped)(this, a0);
  }

  ldexp_(a0?: unknown): unknown {
    return (ops.ldexp_ as Untyped)(this, a0);
  }

  le(a0?: unknown): unknown {
    return (ops.le as Untyped)(this, a0);
  }

  le_(a0?: unknown): unknown {
    return (ops.le_ as Untyped)(this, a0);
  }

  leakyRelu(a0?: unknown): unknown {
    return (ops.leakyRelu as Untyped)(this, a0);
  }

  leakyRelu_(a0?: unknown): unknown {
    return (ops.leakyRelu_ as Untyped)(this, a0);
  }

  lerp(a0?: unknown, a1?: unknown): unknown {
    return (ops.lerp as Untyped)(this, a0, a1);
  }

  lerp_(a0?: unknown, a1?: unknown): unknown {
    return (ops.lerp_ as Untyped)(this, a0, a1);
  }

  less(a0?: unknown): unknown {
    return (ops.less as Untyped)(this, a0);
  }

  lessEqual(a0?: unknown): unknown {
    return (ops.lessEqual as Untyped)(this, a0);
  }

  lessEqual_(a0?: unknown): unknown {
    return (ops.lessEqual_ as Untyped)(this, a0);
  }

  less_(a0?: unknown): unknown {
    return (ops.less_ as Untyped)(this, a0);
  }

  lgamma(): unknown {
    return (ops.lgamma as Untyped)(this);
  }

  lgamma_(): unknown {
    return (ops.lgamma_ as Untyped)(this);
  }

  linalgCholesky(a0?: unknown): unknown {
    return (ops.linalgCholesky as Untyped)(this, a0);
  }

  linalgCholeskyEx(a0?: unknown): unknown {
    return (ops.linalgCholeskyEx as Untyped)(this, a0);
  }

  linalgCond(a0?: unknown): unknown {
    return (ops.linalgCond as Untyped)(this, a0);
  }

  linalgCross(a0?: unknown, a1?: unknown): unknown {
    return (ops.linalgCross as Untyped)(this, a0, a1);
  }

  linalgEig(): unknown {
    return (ops.linalgEig as Untyped)(this);
  }

  linalgEigh(a0?: unknown): unknown {
    return (ops.linalgEigh as Untyped)(this, a0);
  }

  linalgEigvals(): unknown {
    return (ops.linalgEigvals as Untyped)(this);
  }

  linalgEigvalsh(a0?: unknown): unknown {
    return (ops.linalgEigvalsh as Untyped)(this, a0);
  }

  linalgLdlFactor(a0?: unknown): unknown {
    return (ops.linalgLdlFactor as Untyped)(this, a0);
  }

  linalgLdlFactorEx(a0?: unknown): unknown {
    return (ops.linalgLdlFactorEx as Untyped)(this, a0);
  }

  linalgLstsq(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.linalgLstsq as Untyped)(this, a0, a1, a2);
  }

  linalgMatmul(a0?: unknown): unknown {
    return (ops.linalgMatmul as Untyped)(this, a0);
  }

  linalgMatrixExp(): unknown {
    return (ops.linalgMatrixExp as Untyped)(this);
  }

  linalgMatrixNorm(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.linalgMatrixNorm as Untyped)(this, a0, a1, a2, a3);
  }

  linalgMatrixPower(a0?: unknown): unknown {
    return (ops.linalgMatrixPower as Untyped)(this, a0);
  }

  linalgMatrixRank(a0?: unknown, a1?: unknown): unknown {
    return (ops.linalgMatrixRank as Untyped)(this, a0, a1);
  }

  linalgNorm(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.linalgNorm as Untyped)(this, a0, a1, a2, a3);
  }

  linalgPinv(a0?: unknown, a1?: unknown): unknown {
    return (ops.linalgPinv as Untyped)(this, a0, a1);
  }

  linalgSolveTriangular(a0?: unknown, a1?: unknown): unknown {
    return (ops.linalgSolveTriangular as Untyped)(this, a0, a1);
  }

  linalgTensorinv(a0?: unknown): unknown {
    return (ops.linalgTensorinv as Untyped)(this, a0);
  }

  linalgTensorsolve(a0?: unknown, a1?: unknown): unknown {
    return (ops.linalgTensorsolve as Untyped)(this, a0, a1);
  }

  linalgVectorNorm(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.linalgVectorNorm as Untyped)(this, a0, a1, a2, a3);
  }

  log(): unknown {
    return (ops.log as Untyped)(this);
  }

  log10(): unknown {
    return (ops.log10 as Untyped)(this);
  }

  log10_(): unknown {
    return (ops.log10_ as Untyped)(this);
  }

  log1p(): unknown {
    return (ops.log1p as Untyped)(this);
  }

  log1p_(): unknown {
    return (ops.log1p_ as Untyped)(this);
  }

  log2(): unknown {
    return (ops.log2 as Untyped)(this);
  }

  log2_(): unknown {
    return (ops.log2_ as Untyped)(this);
  }

  logNormal(a0?: unknown, a1?: unknown): unknown {
    return (ops.logNormal as Untyped)(this, a0, a1);
  }

  logNormal_(a0?: unknown, a1?: unknown): unknown {
    return (ops.logNormal_ as Untyped)(this, a0, a1);
  }

  logSigmoid(): unknown {
    return (ops.logSigmoid as Untyped)(this);
  }

  logSigmoidForward(): unknown {
    return (ops.logSigmoidForward as Untyped)(this);
  }

  logSoftmax(a0?: unknown, a1?: unknown): unknown {
    return (ops.logSoftmax as Untyped)(this, a0, a1);
  }

  log_(): unknown {
    return (ops.log_ as Untyped)(this);
  }

  logaddexp(a0?: unknown): unknown {
    return (ops.logaddexp as Untyped)(this, a0);
  }

  logaddexp2(a0?: unknown): unknown {
    return (ops.logaddexp2 as Untyped)(this, a0);
  }

  logcumsumexp(a0?: unknown): unknown {
    return (ops.logcumsumexp as Untyped)(this, a0);
  }

  logdet(): unknown {
    return (ops.logdet as Untyped)(this);
  }

  logicalAnd(a0?: unknown): unknown {
    return (ops.logicalAnd as Untyped)(this, a0);
  }

  logicalAnd_(a0?: unknown): unknown {
    return (ops.logicalAnd_ as Untyped)(this, a0);
  }

  logicalNot(): unknown {
    return (ops.logicalNot as Untyped)(this);
  }

  logicalNot_(): unknown {
    return (ops.logicalNot_ as Untyped)(this);
  }

  logicalOr(a0?: unknown): unknown {
    return (ops.logicalOr as Untyped)(this, a0);
  }

  logicalOr_(a0?: unknown): unknown {
    return (ops.logicalOr_ as Untyped)(this, a0);
  }

  logicalXor(a0?: unknown): unknown {
    return (ops.logicalXor as Untyped)(this, a0);
  }

  logicalXor_(a0?: unknown): unknown {
    return (ops.logicalXor_ as Untyped)(this, a0);
  }

  logit(a0?: unknown): unknown {
    return (ops.logit as Untyped)(this, a0);
  }

  logit_(a0?: unknown): unknown {
    return (ops.logit_ as Untyped)(this, a0);
  }

  logsumexp(a0?: unknown, a1?: unknown): unknown {
    return (ops.logsumexp as Untyped)(this, a0, a1);
  }

  lt(a0?: unknown): unknown {
    return (ops.lt as Untyped)(this, a0);
  }

  lt_(a0?: unknown): unknown {
    return (ops.lt_ as Untyped)(this, a0);
  }

  luSolve(a0?: unknown, a1?: unknown): unknown {
    return (ops.luSolve as Untyped)(this, a0, a1);
  }

  mH(): unknown {
    return (ops.mH as Untyped)(this);
  }

  mT(): unknown {
    return (ops.mT as Untyped)(this);
  }

  maskedFill(a0?: unknown, a1?: unknown): unknown {
    return (ops.maskedFill as Untyped)(this, a0, a1);
  }

  maskedFill_(a0?: unknown, a1?: unknown): unknown {
    return (ops.maskedFill_ as Untyped)(this, a0, a1);
  }

  maskedScatter(a0?: unknown, a1?: unknown): unknown {
    return (ops.maskedScatter as Untyped)(this, a0, a1);
  }

  maskedScatter_(a0?: unknown, a1?: unknown): unknown {
    return (ops.maskedScatter_ as Untyped)(this, a0, a1);
  }

  maskedSelect(a0?: unknown): unknown {
    return (ops.maskedSelect as Untyped)(this, a0);
  }

  matmul(a0?: unknown): unknown {
    return (ops.matmul as Untyped)(this, a0);
  }

  matrixExp(): unknown {
    return (ops.matrixExp as Untyped)(this);
  }

  matrixPower(a0?: unknown): unknown {
    return (ops.matrixPower as Untyped)(this, a0);
  }

  matrix_H(): unknown {
    return (ops.matrix_H as Untyped)(this);
  }

  max(a0?: unknown, a1?: unknown): unknown {
    return (ops.max as Untyped)(this, a0, a1);
  }

  maxPool1d(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
    return (ops.maxPool1d as Untyped)(this, a0, a1, a2, a3, a4);
  }

  maxPool1dWithIndices(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
    return (ops.maxPool1dWithIndices as Untyped)(this, a0, a1, a2, a3, a4);
  }

  maxPool2d(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
    return (ops.maxPool2d as Untyped)(this, a0, a1, a2, a3, a4);
  }

  maxPool2dWithIndices(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
    return (ops.maxPool2dWithIndices as Untyped)(this, a0, a1, a2, a3, a4);
  }

  maxPool3d(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
    return (ops.maxPool3d as Untyped)(this, a0, a1, a2, a3, a4);
  }

  maxPool3dWithIndices(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
    return (ops.maxPool3dWithIndices as Untyped)(this, a0, a1, a2, a3, a4);
  }

  maxUnpool2d(a0?: unknown, a1?: unknown): unknown {
    return (ops.maxUnpool2d as Untyped)(this, a0, a1);
  }

  maxUnpool3d(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.maxUnpool3d as Untyped)(this, a0, a1, a2, a3);
  }

  maximum(a0?: unknown): unknown {
    return (ops.maximum as Untyped)(this, a0);
  }

  mean(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.mean as Untyped)(this, a0, a1, a2);
  }

  median(a0?: unknown, a1?: unknown): unknown {
    return (ops.median as Untyped)(this, a0, a1);
  }

  min(a0?: unknown, a1?: unknown): unknown {
    return (ops.min as Untyped)(this, a0, a1);
  }

  minimum(a0?: unknown): unknown {
    return (ops.minimum as Untyped)(this, a0);
  }

  mish(): unknown {
    return (ops.mish as Untyped)(this);
  }

  mish_(): unknown {
    return (ops.mish_ as Untyped)(this);
  }

  mm(a0?: unknown): unknown {
    return (ops.mm as Untyped)(this, a0);
  }

  mode(a0?: unknown, a1?: unknown): unknown {
    return (ops.mode as Untyped)(this, a0, a1);
  }

  moveaxis(a0?: unknown, a1?: unknown): unknown {
    return (ops.moveaxis as Untyped)(this, a0, a1);
  }

  movedim(a0?: unknown, a1?: unknown): unknown {
    return (ops.movedim as Untyped)(this, a0, a1);
  }

  mseLoss(a0?: unknown, a1?: unknown): unknown {
    return (ops.mseLoss as Untyped)(this, a0, a1);
  }

  msort(): unknown {
    return (ops.msort as Untyped)(this);
  }

  mul(a0?: unknown): unknown {
    return (ops.mul as Untyped)(this, a0);
  }

  mul_(a0?: unknown): unknown {
    return (ops.mul_ as Untyped)(this, a0);
  }

  multiMarginLoss(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
    return (ops.multiMarginLoss as Untyped)(this, a0, a1, a2, a3, a4);
  }

  multilabelMarginLoss(a0?: unknown, a1?: unknown): unknown {
    return (ops.multilabelMarginLoss as Untyped)(this, a0, a1);
  }

  multilabelMarginLossForward(a0?: unknown, a1?: unknown): unknown {
    return (ops.multilabelMarginLossForward as Untyped)(this, a0, a1);
  }

  multinomial(a0?: unknown, a1?: unknown): unknown {
    return (ops.multinomial as Untyped)(this, a0, a1);
  }

  multiply(a0?: unknown): unknown {
    return (ops.multiply as Untyped)(this, a0);
  }

  multiply_(a0?: unknown): unknown {
    return (ops.multiply_ as Untyped)(this, a0);
  }

  mv(a0?: unknown): unknown {
    return (ops.mv as Untyped)(this, a0);
  }

  mvlgamma(a0?: unknown): unknown {
    return (ops.mvlgamma as Untyped)(this, a0);
  }

  mvlgamma_(a0?: unknown): unknown {
    return (ops.mvlgamma_ as Untyped)(this, a0);
  }

  nanToNum(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.nanToNum as Untyped)(this, a0, a1, a2);
  }

  nanToNum_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.nanToNum_ as Untyped)(this, a0, a1, a2);
  }

  nanmean(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.nanmean as Untyped)(this, a0, a1, a2);
  }

  nanmedian(a0?: unknown, a1?: unknown): unknown {
    return (ops.nanmedian as Untyped)(this, a0, a1);
  }

  nanquantile(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.nanquantile as Untyped)(this, a0, a1, a2, a3);
  }

  nansum(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.nansum as Untyped)(this, a0, a1, a2);
  }

  narrow(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.narrow as Untyped)(this, a0, a1, a2);
  }

  nativeNorm(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.nativeNorm as Untyped)(this, a0, a1, a2, a3);
  }

  ne(a0?: unknown): unknown {
    return (ops.ne as Untyped)(this, a0);
  }

  ne_(a0?: unknown): unknown {
    return (ops.ne_ as Untyped)(this, a0);
  }

  neg(): unknown {
    return (ops.neg as Untyped)(this);
  }

  neg_(): unknown {
    return (ops.neg_ as Untyped)(this);
  }

  negative(): unknown {
    return (ops.negative as Untyped)(this);
  }

  negative_(): unknown {
    return (ops.negative_ as Untyped)(this);
  }

  newEmpty(a0?: unknown, a1?: unknown): unknown {
    return (ops.newEmpty as Untyped)(this, a0, a1);
  }

  newEmptyStrided(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.newEmptyStrided as Untyped)(this, a0, a1, a2);
  }

  newFull(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.newFull as Untyped)(this, a0, a1, a2);
  }

  newOnes(a0?: unknown, a1?: unknown): unknown {
    return (ops.newOnes as Untyped)(this, a0, a1);
  }

  newZeros(a0?: unknown, a1?: unknown): unknown {
    return (ops.newZeros as Untyped)(this, a0, a1);
  }

  nextafter(a0?: unknown): unknown {
    return (ops.nextafter as Untyped)(this, a0);
  }

  nextafter_(a0?: unknown): unknown {
    return (ops.nextafter_ as Untyped)(this, a0);
  }

  nllLoss(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.nllLoss as Untyped)(this, a0, a1, a2, a3);
  }

  nllLoss2d(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.nllLoss2d as Untyped)(this, a0, a1, a2, a3);
  }

  nllLoss2dForward(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.nllLoss2dForward as Untyped)(this, a0, a1, a2, a3);
  }

  nllLossForward(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.nllLossForward as Untyped)(this, a0, a1, a2, a3);
  }

  nllLossNd(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.nllLossNd as Untyped)(this, a0, a1, a2, a3);
  }

  nonzero(): unknown {
    return (ops.nonzero as Untyped)(this);
  }

  nonzeroNumpy(): unknown {
    return (ops.nonzeroNumpy as Untyped)(this);
  }

  norm(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.norm as Untyped)(this, a0, a1, a2, a3);
  }

  normalFunctional(a0?: unknown, a1?: unknown): unknown {
    return (ops.normalFunctional as Untyped)(this, a0, a1);
  }

  normal_(a0?: unknown, a1?: unknown): unknown {
    return (ops.normal_ as Untyped)(this, a0, a1);
  }

  notEqual(a0?: unknown): unknown {
    return (ops.notEqual as Untyped)(this, a0);
  }

  notEqual_(a0?: unknown): unknown {
    return (ops.notEqual_ as Untyped)(this, a0);
  }

  nuclearNorm(a0?: unknown, a1?: unknown): unknown {
    return (ops.nuclearNorm as Untyped)(this, a0, a1);
  }

  numpy_T(): unknown {
    return (ops.numpy_T as Untyped)(this);
  }

  oneHot(a0?: unknown): unknown {
    return (ops.oneHot as Untyped)(this, a0);
  }

  onesLike(a0?: unknown): unknown {
    return (ops.onesLike as Untyped)(this, a0);
  }

  orgqr(a0?: unknown): unknown {
    return (ops.orgqr as Untyped)(this, a0);
  }

  ormqr(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.ormqr as Untyped)(this, a0, a1, a2, a3);
  }

  outer(a0?: unknown): unknown {
    return (ops.outer as Untyped)(this, a0);
  }

  pad(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.pad as Untyped)(this, a0, a1, a2);
  }

  pdist(a0?: unknown): unknown {
    return (ops.pdist as Untyped)(this, a0);
  }

  permute(a0?: unknown): unknown {
    return (ops.permute as Untyped)(this, a0);
  }

  pinverse(a0?: unknown): unknown {
    return (ops.pinverse as Untyped)(this, a0);
  }

  pixelShuffle(a0?: unknown): unknown {
    return (ops.pixelShuffle as Untyped)(this, a0);
  }

  pixelUnshuffle(a0?: unknown): unknown {
    return (ops.pixelUnshuffle as Untyped)(this, a0);
  }

  poisson(): unknown {
    return (ops.poisson as Untyped)(this);
  }

  polygamma_(a0?: unknown): unknown {
    return (ops.polygamma_ as Untyped)(this, a0);
  }

  positive(): unknown {
    return (ops.positive as Untyped)(this);
  }

  pow(a0?: unknown): unknown {
    return (ops.pow as Untyped)(this, a0);
  }

  pow_(a0?: unknown): unknown {
    return (ops.pow_ as Untyped)(this, a0);
  }

  prelu(a0?: unknown): unknown {
    return (ops.prelu as Untyped)(this, a0);
  }

  prod(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.prod as Untyped)(this, a0, a1, a2);
  }

  put(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.put as Untyped)(this, a0, a1, a2);
  }

  put_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.put_ as Untyped)(this, a0, a1, a2);
  }

  qPerChannelAxis(): unknown {
    return (ops.qPerChannelAxis as Untyped)(this);
  }

  qPerChannelScales(): unknown {
    return (ops.qPerChannelScales as Untyped)(this);
  }

  qPerChannelZeroPoints(): unknown {
    return (ops.qPerChannelZeroPoints as Untyped)(this);
  }

  qScale(): unknown {
    return (ops.qScale as Untyped)(this);
  }

  qZeroPoint(): unknown {
    return (ops.qZeroPoint as Untyped)(this);
  }

  qr(a0?: unknown): unknown {
    return (ops.qr as Untyped)(this, a0);
  }

  quantile(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.quantile as Untyped)(this, a0, a1, a2, a3);
  }

  rad2deg(): unknown {
    return (ops.rad2deg as Untyped)(this);
  }

  rad2deg_(): unknown {
    return (ops.rad2deg_ as Untyped)(this);
  }

  randLike(a0?: unknown): unknown {
    return (ops.randLike as Untyped)(this, a0);
  }

  randintLike(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.randintLike as Untyped)(this, a0, a1, a2);
  }

  randnLike(a0?: unknown): unknown {
    return (ops.randnLike as Untyped)(this, a0);
  }

  random(a0?: unknown, a1?: unknown): unknown {
    return (ops.random as Untyped)(this, a0, a1);
  }

  random_(a0?: unknown, a1?: unknown): unknown {
    return (ops.random_ as Untyped)(this, a0, a1);
  }

  ravel(): unknown {
    return (ops.ravel as Untyped)(this);
  }

  real(): unknown {
    return (ops.real as Untyped)(this);
  }

  reciprocal(): unknown {
    return (ops.reciprocal as Untyped)(this);
  }

  reciprocal_(): unknown {
    return (ops.reciprocal_ as Untyped)(this);
  }

  reflectionPad1d(a0?: unknown): unknown {
    return (ops.reflectionPad1d as Untyped)(this, a0);
  }

  reflectionPad2d(a0?: unknown): unknown {
    return (ops.reflectionPad2d as Untyped)(this, a0);
  }

  reflectionPad3d(a0?: unknown): unknown {
    return (ops.reflectionPad3d as Untyped)(this, a0);
  }

  relu(): unknown {
    return (ops.relu as Untyped)(this);
  }

  relu6(): unknown {
    return (ops.relu6 as Untyped)(this);
  }

  relu6_(): unknown {
    return (ops.relu6_ as Untyped)(this);
  }

  relu_(): unknown {
    return (ops.relu_ as Untyped)(this);
  }

  remainder(a0?: unknown): unknown {
    return (ops.remainder as Untyped)(this, a0);
  }

  remainder_(a0?: unknown): unknown {
    return (ops.remainder_ as Untyped)(this, a0);
  }

  renorm(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.renorm as Untyped)(this, a0, a1, a2);
  }

  renorm_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.renorm_ as Untyped)(this, a0, a1, a2);
  }

  repeat(a0?: unknown): unknown {
    return (ops.repeat as Untyped)(this, a0);
  }

  repeatInterleave(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.repeatInterleave as Untyped)(this, a0, a1, a2);
  }

  replicationPad1d(a0?: unknown): unknown {
    return (ops.replicationPad1d as Untyped)(this, a0);
  }

  replicationPad2d(a0?: unknown): unknown {
    return (ops.replicationPad2d as Untyped)(this, a0);
  }

  replicationPad3d(a0?: unknown): unknown {
    return (ops.replicationPad3d as Untyped)(this, a0);
  }

  reshape(a0?: unknown): unknown {
    return (ops.reshape as Untyped)(this, a0);
  }

  reshapeAs(a0?: unknown): unknown {
    return (ops.reshapeAs as Untyped)(this, a0);
  }

  resize(a0?: unknown, a1?: unknown): unknown {
    return (ops.resize as Untyped)(this, a0, a1);
  }

  resizeAs(a0?: unknown, a1?: unknown): unknown {
    return (ops.resizeAs as Untyped)(this, a0, a1);
  }

  resizeAsSparse(a0?: unknown): unknown {
    return (ops.resizeAsSparse as Untyped)(this, a0);
  }

  resolveConj(): unknown {
    return (ops.resolveConj as Untyped)(this);
  }

  resolveNeg(): unknown {
    return (ops.resolveNeg as Untyped)(this);
  }

  retainsGrad(): unknown {
    return (ops.retainsGrad as Untyped)(this);
  }

  roll(a0?: unknown, a1?: unknown): unknown {
    return (ops.roll as Untyped)(this, a0, a1);
  }

  rot90(a0?: unknown, a1?: unknown): unknown {
    return (ops.rot90 as Untyped)(this, a0, a1);
  }

  round(a0?: unknown): unknown {
    return (ops.round as Untyped)(this, a0);
  }

  round_(a0?: unknown): unknown {
    return (ops.round_ as Untyped)(this, a0);
  }

  rowIndices(): unknown {
    return (ops.rowIndices as Untyped)(this);
  }

  rrelu(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.rrelu as Untyped)(this, a0, a1, a2);
  }

  rreluWithNoise(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.rreluWithNoise as Untyped)(this, a0, a1, a2, a3);
  }

  rreluWithNoise_(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.rreluWithNoise_ as Untyped)(this, a0, a1, a2, a3);
  }

  rrelu_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.rrelu_ as Untyped)(this, a0, a1, a2);
  }

  rsqrt(): unknown {
    return (ops.rsqrt as Untyped)(this);
  }

  rsqrt_(): unknown {
    return (ops.rsqrt_ as Untyped)(this);
  }

  rsub(a0?: unknown, a1?: unknown): unknown {
    return (ops.rsub as Untyped)(this, a0, a1);
  }

  scatter(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.scatter as Untyped)(this, a0, a1, a2, a3);
  }

  scatterAdd(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.scatterAdd as Untyped)(this, a0, a1, a2);
  }

  scatterAdd_(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.scatterAdd_ as Untyped)(this, a0, a1, a2);
  }

  scatterReduce(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
    return (ops.scatterReduce as Untyped)(this, a0, a1, a2, a3, a4);
  }

  scatterReduce_(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
    return (ops.scatterReduce_ as Untyped)(this, a0, a1, a2, a3, a4);
  }

  scatter_(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.scatter_ as Untyped)(this, a0, a1, a2, a3);
  }

  select(a0?: unknown, a1?: unknown): unknown {
    return (ops.select as Untyped)(this, a0, a1);
  }

  selectScatter(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.selectScatter as Untyped)(this, a0, a1, a2);
  }

  selu(): unknown {
    return (ops.selu as Untyped)(this);
  }

  selu_(): unknown {
    return (ops.selu_ as Untyped)(this);
  }

  set(a0?: unknown): unknown {
    return (ops.set as Untyped)(this, a0);
  }

  sgn(): unknown {
    return (ops.sgn as Untyped)(this);
  }

  sgn_(): unknown {
    return (ops.sgn_ as Untyped)(this);
  }

  sigmoid(): unknown {
    return (ops.sigmoid as Untyped)(this);
  }

  sigmoid_(): unknown {
    return (ops.sigmoid_ as Untyped)(this);
  }

  sign(): unknown {
    return (ops.sign as Untyped)(this);
  }

  sign_(): unknown {
    return (ops.sign_ as Untyped)(this);
  }

  signbit(): unknown {
    return (ops.signbit as Untyped)(this);
  }

  silu(): unknown {
    return (ops.silu as Untyped)(this);
  }

  silu_(): unknown {
    return (ops.silu_ as Untyped)(this);
  }

  sin(): unknown {
    return (ops.sin as Untyped)(this);
  }

  sin_(): unknown {
    return (ops.sin_ as Untyped)(this);
  }

  sinc(): unknown {
    return (ops.sinc as Untyped)(this);
  }

  sinc_(): unknown {
    return (ops.sinc_ as Untyped)(this);
  }

  sinh(): unknown {
    return (ops.sinh as Untyped)(this);
  }

  sinh_(): unknown {
    return (ops.sinh_ as Untyped)(this);
  }

  slice(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.slice as Untyped)(this, a0, a1, a2, a3);
  }

  sliceScatter(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
    return (ops.sliceScatter as Untyped)(this, a0, a1, a2, a3, a4);
  }

  slogdet(): unknown {
    return (ops.slogdet as Untyped)(this);
  }

  smm(a0?: unknown): unknown {
    return (ops.smm as Untyped)(this, a0);
  }

  smoothL1Loss(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.smoothL1Loss as Untyped)(this, a0, a1, a2);
  }

  softMarginLoss(a0?: unknown, a1?: unknown): unknown {
    return (ops.softMarginLoss as Untyped)(this, a0, a1);
  }

  softmax(a0?: unknown, a1?: unknown): unknown {
    return (ops.softmax as Untyped)(this, a0, a1);
  }

  softplus(a0?: unknown, a1?: unknown): unknown {
    return (ops.softplus as Untyped)(this, a0, a1);
  }

  softshrink(a0?: unknown): unknown {
    return (ops.softshrink as Untyped)(this, a0);
  }

  sort(a0?: unknown, a1?: unknown): unknown {
    return (ops.sort as Untyped)(this, a0, a1);
  }

  specialBesselJ0(): unknown {
    return (ops.specialBesselJ0 as Untyped)(this);
  }

  specialBesselJ1(): unknown {
    return (ops.specialBesselJ1 as Untyped)(this);
  }

  specialBesselY0(): unknown {
    return (ops.specialBesselY0 as Untyped)(this);
  }

  specialBesselY1(): unknown {
    return (ops.specialBesselY1 as Untyped)(this);
  }

  specialDigamma(): unknown {
    return (ops.specialDigamma as Untyped)(this);
  }

  specialEntr(): unknown {
    return (ops.specialEntr as Untyped)(this);
  }

  specialErf(): unknown {
    return (ops.specialErf as Untyped)(this);
  }

  specialErfc(): unknown {
    return (ops.specialErfc as Untyped)(this);
  }

  specialErfcx(): unknown {
    return (ops.specialErfcx as Untyped)(this);
  }

  specialErfinv(): unknown {
    return (ops.specialErfinv as Untyped)(this);
  }

  specialExp2(): unknown {
    return (ops.specialExp2 as Untyped)(this);
  }

  specialExpit(): unknown {
    return (ops.specialExpit as Untyped)(this);
  }

  specialExpm1(): unknown {
    return (ops.specialExpm1 as Untyped)(this);
  }

  specialGammainc(a0?: unknown): unknown {
    return (ops.specialGammainc as Untyped)(this, a0);
  }

  specialGammaincc(a0?: unknown): unknown {
    return (ops.specialGammaincc as Untyped)(this, a0);
  }

  specialGammaln(): unknown {
    return (ops.specialGammaln as Untyped)(this);
  }

  specialI0(): unknown {
    return (ops.specialI0 as Untyped)(this);
  }

  specialI0e(): unknown {
    return (ops.specialI0e as Untyped)(this);
  }

  specialI1(): unknown {
    return (ops.specialI1 as Untyped)(this);
  }

  specialI1e(): unknown {
    return (ops.specialI1e as Untyped)(this);
  }

  specialLog1p(): unknown {
    return (ops.specialLog1p as Untyped)(this);
  }

  specialLogNdtr(): unknown {
    return (ops.specialLogNdtr as Untyped)(this);
  }

  specialLogSoftmax(a0?: unknown, a1?: unknown): unknown {
    return (ops.specialLogSoftmax as Untyped)(this, a0, a1);
  }

  specialLogit(a0?: unknown): unknown {
    return (ops.specialLogit as Untyped)(this, a0);
  }

  specialLogsumexp(a0?: unknown, a1?: unknown): unknown {
    return (ops.specialLogsumexp as Untyped)(this, a0, a1);
  }

  specialModifiedBesselI0(): unknown {
    return (ops.specialModifiedBesselI0 as Untyped)(this);
  }

  specialModifiedBesselI1(): unknown {
    return (ops.specialModifiedBesselI1 as Untyped)(this);
  }

  specialModifiedBesselK0(): unknown {
    return (ops.specialModifiedBesselK0 as Untyped)(this);
  }

  specialModifiedBesselK1(): unknown {
    return (ops.specialModifiedBesselK1 as Untyped)(this);
  }

  specialMultigammaln(a0?: unknown): unknown {
    return (ops.specialMultigammaln as Untyped)(this, a0);
  }

  specialNdtr(): unknown {
    return (ops.specialNdtr as Untyped)(this);
  }

  specialNdtri(): unknown {
    return (ops.specialNdtri as Untyped)(this);
  }

  specialPsi(): unknown {
    return (ops.specialPsi as Untyped)(this);
  }

  specialRound(a0?: unknown): unknown {
    return (ops.specialRound as Untyped)(this, a0);
  }

  specialSinc(): unknown {
    return (ops.specialSinc as Untyped)(this);
  }

  specialSoftmax(a0?: unknown, a1?: unknown): unknown {
    return (ops.specialSoftmax as Untyped)(this, a0, a1);
  }

  specialXlog1py(a0?: unknown): unknown {
    return (ops.specialXlog1py as Untyped)(this, a0);
  }

  specialXlogy(a0?: unknown): unknown {
    return (ops.specialXlogy as Untyped)(this, a0);
  }

  specialZeta(a0?: unknown): unknown {
    return (ops.specialZeta as Untyped)(this, a0);
  }

  split(a0?: unknown, a1?: unknown): unknown {
    return (ops.split as Untyped)(this, a0, a1);
  }

  splitWithSizes(a0?: unknown, a1?: unknown): unknown {
    return (ops.splitWithSizes as Untyped)(this, a0, a1);
  }

  sqrt(): unknown {
    return (ops.sqrt as Untyped)(this);
  }

  sqrt_(): unknown {
    return (ops.sqrt_ as Untyped)(this);
  }

  square(): unknown {
    return (ops.square as Untyped)(this);
  }

  square_(): unknown {
    return (ops.square_ as Untyped)(this);
  }

  squeeze(a0?: unknown): unknown {
    return (ops.squeeze as Untyped)(this, a0);
  }

  sspaddmm(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.sspaddmm as Untyped)(this, a0, a1, a2);
  }

  std(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.std as Untyped)(this, a0, a1, a2);
  }

  stdMean(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.stdMean as Untyped)(this, a0, a1, a2);
  }

  stft(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown, a5?: unknown, a6?: unknown, a7?: unknown, a8?: unknown): unknown {
    return (ops.stft as Untyped)(this, a0, a1, a2, a3, a4, a5, a6, a7, a8);
  }

  sub(a0?: unknown, a1?: unknown): unknown {
    return (ops.sub as Untyped)(this, a0, a1);
  }

  sub_(a0?: unknown, a1?: unknown): unknown {
    return (ops.sub_ as Untyped)(this, a0, a1);
  }

  subtract(a0?: unknown, a1?: unknown): unknown {
    return (ops.subtract as Untyped)(this, a0, a1);
  }

  subtract_(a0?: unknown, a1?: unknown): unknown {
    return (ops.subtract_ as Untyped)(this, a0, a1);
  }

  sum(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.sum as Untyped)(this, a0, a1, a2);
  }

  sumToSize(a0?: unknown): unknown {
    return (ops.sumToSize as Untyped)(this, a0);
  }

  svd(a0?: unknown, a1?: unknown): unknown {
    return (ops.svd as Untyped)(this, a0, a1);
  }

  swapaxes(a0?: unknown, a1?: unknown): unknown {
    return (ops.swapaxes as Untyped)(this, a0, a1);
  }

  swapdims(a0?: unknown, a1?: unknown): unknown {
    return (ops.swapdims as Untyped)(this, a0, a1);
  }

  symeig(a0?: unknown, a1?: unknown): unknown {
    return (ops.symeig as Untyped)(this, a0, a1);
  }

  t(): unknown {
    return (ops.t as Untyped)(this);
  }

  take(a0?: unknown): unknown {
    return (ops.take as Untyped)(this, a0);
  }

  takeAlongDim(a0?: unknown, a1?: unknown): unknown {
    return (ops.takeAlongDim as Untyped)(this, a0, a1);
  }

  tan(): unknown {
    return (ops.tan as Untyped)(this);
  }

  tan_(): unknown {
    return (ops.tan_ as Untyped)(this);
  }

  tanh(): unknown {
    return (ops.tanh as Untyped)(this);
  }

  tanh_(): unknown {
    return (ops.tanh_ as Untyped)(this);
  }

  tensorSplit(a0?: unknown, a1?: unknown): unknown {
    return (ops.tensorSplit as Untyped)(this, a0, a1);
  }

  tensordot(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.tensordot as Untyped)(this, a0, a1, a2);
  }

  threshold(a0?: unknown, a1?: unknown): unknown {
    return (ops.threshold as Untyped)(this, a0, a1);
  }

  threshold_(a0?: unknown, a1?: unknown): unknown {
    return (ops.threshold_ as Untyped)(this, a0, a1);
  }

  tile(a0?: unknown): unknown {
    return (ops.tile as Untyped)(this, a0);
  }

  toDense(a0?: unknown): unknown {
    return (ops.toDense as Untyped)(this, a0);
  }

  toPaddedTensor(a0?: unknown, a1?: unknown): unknown {
    return (ops.toPaddedTensor as Untyped)(this, a0, a1);
  }

  topk(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.topk as Untyped)(this, a0, a1, a2, a3);
  }

  trace(): unknown {
    return (ops.trace as Untyped)(this);
  }

  transpose(a0?: unknown, a1?: unknown): unknown {
    return (ops.transpose as Untyped)(this, a0, a1);
  }

  triangularSolve(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.triangularSolve as Untyped)(this, a0, a1, a2, a3);
  }

  tril(a0?: unknown): unknown {
    return (ops.tril as Untyped)(this, a0);
  }

  tril_(a0?: unknown): unknown {
    return (ops.tril_ as Untyped)(this, a0);
  }

  triu(a0?: unknown): unknown {
    return (ops.triu as Untyped)(this, a0);
  }

  triu_(a0?: unknown): unknown {
    return (ops.triu_ as Untyped)(this, a0);
  }

  trueDivide(a0?: unknown): unknown {
    return (ops.trueDivide as Untyped)(this, a0);
  }

  trueDivide_(a0?: unknown): unknown {
    return (ops.trueDivide_ as Untyped)(this, a0);
  }

  trunc(): unknown {
    return (ops.trunc as Untyped)(this);
  }

  trunc_(): unknown {
    return (ops.trunc_ as Untyped)(this);
  }

  typeAs(a0?: unknown): unknown {
    return (ops.typeAs as Untyped)(this, a0);
  }

  unbind(a0?: unknown): unknown {
    return (ops.unbind as Untyped)(this, a0);
  }

  unflatten(a0?: unknown, a1?: unknown): unknown {
    return (ops.unflatten as Untyped)(this, a0, a1);
  }

  unfold(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.unfold as Untyped)(this, a0, a1, a2);
  }

  uniform(a0?: unknown, a1?: unknown): unknown {
    return (ops.uniform as Untyped)(this, a0, a1);
  }

  uniform_(a0?: unknown, a1?: unknown): unknown {
    return (ops.uniform_ as Untyped)(this, a0, a1);
  }

  uniqueConsecutive(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.uniqueConsecutive as Untyped)(this, a0, a1, a2);
  }

  uniqueDim(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.uniqueDim as Untyped)(this, a0, a1, a2, a3);
  }

  uniqueDimConsecutive(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.uniqueDimConsecutive as Untyped)(this, a0, a1, a2);
  }

  unsafeSplitWithSizes(a0?: unknown, a1?: unknown): unknown {
    return (ops.unsafeSplitWithSizes as Untyped)(this, a0, a1);
  }

  unsqueeze(a0?: unknown): unknown {
    return (ops.unsqueeze as Untyped)(this, a0);
  }

  upsampleBicubic2d(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.upsampleBicubic2d as Untyped)(this, a0, a1, a2, a3);
  }

  upsampleBilinear2d(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.upsampleBilinear2d as Untyped)(this, a0, a1, a2, a3);
  }

  upsampleLinear1d(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.upsampleLinear1d as Untyped)(this, a0, a1, a2);
  }

  upsampleNearest1d(a0?: unknown, a1?: unknown): unknown {
    return (ops.upsampleNearest1d as Untyped)(this, a0, a1);
  }

  upsampleNearest2d(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.upsampleNearest2d as Untyped)(this, a0, a1, a2);
  }

  upsampleNearest3d(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown): unknown {
    return (ops.upsampleNearest3d as Untyped)(this, a0, a1, a2, a3);
  }

  upsampleTrilinear3d(a0?: unknown, a1?: unknown, a2?: unknown, a3?: unknown, a4?: unknown): unknown {
    return (ops.upsampleTrilinear3d as Untyped)(this, a0, a1, a2, a3, a4);
  }

  values(): unknown {
    return (ops.values as Untyped)(this);
  }

  var(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.var as Untyped)(this, a0, a1, a2);
  }

  varMean(a0?: unknown, a1?: unknown, a2?: unknown): unknown {
    return (ops.varMean as Untyped)(this, a0, a1, a2);
  }

  vdot(a0?: unknown): unknown {
    return (ops.vdot as Untyped)(this, a0);
  }

  view(a0?: unknown): unknown {
    return (ops.view as Untyped)(this, a0);
  }

  viewAs(a0?: unknown): unknown {
    return (ops.viewAs as Untyped)(this, a0);
  }

  viewAsComplex(): unknown {
    return (ops.viewAsComplex as Untyped)(this);
  }

  viewAsReal(): unknown {
    return (ops.viewAsReal as Untyped)(this);
  }

  vsplit(a0?: unknown): unknown {
    return (ops.vsplit as Untyped)(this, a0);
  }

  xlogy(a0?: unknown): unknown {
    return (ops.xlogy as Untyped)(this, a0);
  }

  xlogy_(a0?: unknown): unknown {
    return (ops.xlogy_ as Untyped)(this, a0);
  }

  zero(): unknown {
    return (ops.zero as Untyped)(this);
  }

  zero_(): unknown {
    return (ops.zero_ as Untyped)(this);
  }

  zerosLike(a0?: unknown): unknown {
    return (ops.zerosLike as Untyped)(this, a0);
  }
}

const { constructor: _, ...methods } = Object.getOwnPropertyDescriptors(Methods.prototype);
Object.defineProperties(Tensor.prototype, methods);
