using TsMapSurvey.Maps;

namespace TsMapSurvey.Events.Given;

/// <summary>Expected events for each pixel and bin of energy, shared by area among the pixels of an image.</summary>
internal sealed class CountsBackground(GivenCube cube) : IGivenBackground
{
    private const double EdgeTolerance = 1e-4;

    public string Place => cube.Place;

    public long ByteSize => cube.ByteSize;

    public void AddTo(Map<double> sums, GivenExposure exposure)
    {
        var bins = BinsOf(sums.Geometry.Axis("energy"));
        var shared = cube.SharedOn(sums.Geometry.Grid!);
        for (var k = 0; k < bins.Length; k++)
        {
            var plane = sums.Plane(k);
            for (var from = bins[k].First; from < bins[k].End; from++)
            {
                var values = shared.Plane(from);
                for (var pixel = 0; pixel < plane.Length; pixel++) plane[pixel] += values[pixel];
            }
        }
    }

    /// <summary>The cube's bins in each bin of an axis: they may be narrower, but must not cross its edges.</summary>
    private (int First, int End)[] BinsOf(MapAxis energy)
    {
        var places = energy.Edges.Select(edge => Array.FindIndex(cube.Energy.Edges, other => Math.Abs(other / edge - 1) < EdgeTolerance))
            .ToArray();
        var missing = Array.IndexOf(places, -1);
        return missing < 0 ? [.. places.Zip(places.Skip(1))] : throw EventsErrors.Unsupported(cube.Place,
            $"expected events in bins of energy with the edges {string.Join(", ", cube.Energy.Edges.Select(edge => $"{edge:g4}"))} TeV",
            FormattableString.Invariant($"every edge of the survey's axis among them, also {energy.Edges[missing]:g6} TeV"));
    }
}
