using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Models;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Kernels;

/// <summary>The kernels of a dataset for each bin of the output's energy axis.</summary>
internal static class GroupKernels
{
    /// <param name="irfs">The dataset whose IRFs are used.</param>
    /// <param name="position">Where they are taken.</param>
    /// <param name="groups">First and last reco bin of each output bin.</param>
    /// <param name="options">Options without HasDataWithin.</param>
    /// <param name="hasData">Whether an output bin has unmasked pixels within a distance in degrees of the centre; null for yes.</param>
    public static SourceKernel[] Create(
        MapDataset irfs, SkyPosition position, SkyGrid image, SkyModel model, (int First, int Last)[] groups, KernelOptions options,
        Func<int, double, bool>? hasData)
    {
        var (first, last) = (groups[0].First, groups[^1].Last);
        // The mask affects only the width, so groups with the same answer of hasData share one computation.
        var byDecision = new Dictionary<bool, SourceKernel>();
        var ofGroups = new SourceKernel[groups.Length];
        var askedDeg = double.NaN;
        for (var g = 0; g < groups.Length; g++)
        {
            bool Decide(double halfWidthDeg) => hasData?.Invoke(g, askedDeg = halfWidthDeg) ?? true;
            var known = byDecision.Count > 0 && byDecision.TryGetValue(double.IsNaN(askedDeg) || Decide(askedDeg), out var kernel)
                ? kernel : null;
            if (known is null)
            {
                var decided = true;
                var asking = options with { HasDataWithin = halfWidthDeg => decided = Decide(halfWidthDeg) };
                byDecision[decided] = known = SourceKernel.Create(irfs, image, position, model, first, last, asking);
            }

            var bins = (groups[g].First - first)..(groups[g].Last - first + 1);
            ofGroups[g] = known with
            {
                Planes = known.Planes[bins],
                ContainedFractions = known.ContainedFractions.Count == 0 ? [] : known.ContainedFractions.ToArray()[bins],
            };
        }

        return ofGroups;
    }
}
