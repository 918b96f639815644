using TsMapSurvey.Maps.Datasets;

namespace TsMapSurvey.Estimators.Kernels;

/// <summary>The kernels of every dataset of an estimate and of every output energy bin.</summary>
public sealed class EstimatorKernels
{
    private readonly IReadOnlyList<SourceKernel[]> _kernels;

    internal EstimatorKernels(IReadOnlyList<SourceKernel[]> kernels, MapDataset? irfs, IReadOnlyList<string> warnings) =>
        (_kernels, Irfs, Warnings) = (kernels, irfs, warnings);

    /// <summary>The dataset whose IRFs serve all; null: each its own.</summary>
    public MapDataset? Irfs { get; }

    /// <summary>What a user should know of the kernels and models.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Pixels around a pixel that enter its fit: half the widest kernel.</summary>
    public int PadWidth => _kernels.Max(ofGroups => ofGroups.Max(kernel => kernel.Half));

    /// <summary>The same kernels with further warnings.</summary>
    internal EstimatorKernels With(IEnumerable<string> warnings) => new(_kernels, Irfs, [.. Warnings, .. warnings]);

    /// <summary>One per dataset.</summary>
    /// <param name="group">The output energy bin.</param>
    public IReadOnlyList<SourceKernel> Of(int group) => [.. _kernels.Select(ofGroups => ofGroups[group])];
}
