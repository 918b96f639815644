using TsMapSurvey.Maps.Datasets;

namespace TsMapSurvey.Estimators.Kernels;

/// <summary>The kernels of every dataset of an estimate and of every output energy bin.</summary>
public sealed class EstimatorKernels
{
    private readonly IReadOnlyList<SourceKernel[]> _kernels;

    internal EstimatorKernels(IReadOnlyList<SourceKernel[]> kernels, MapDataset? irfs, IReadOnlyList<string> warnings) =>
        (_kernels, Irfs, Warnings) = (kernels, irfs, warnings);

    /// <summary>The dataset whose IRFs are used for all; null if each dataset's own are used.</summary>
    public MapDataset? Irfs { get; }

    /// <summary>Warnings about kernels and models.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Half the width of the widest kernel in pixels: the distance of the farthest pixels that a fit uses.</summary>
    public int PadWidth => _kernels.Max(ofGroups => ofGroups.Max(kernel => kernel.Half));

    internal EstimatorKernels With(IEnumerable<string> warnings) => new(_kernels, Irfs, [.. Warnings, .. warnings]);

    /// <summary>The kernels of an output energy bin, one per dataset.</summary>
    public IReadOnlyList<SourceKernel> Of(int group) => [.. _kernels.Select(ofGroups => ofGroups[group])];
}
