using TsMapSurvey.Maps;

namespace TsMapSurvey.Estimators.Tests;

public sealed class MovedEdgesTests
{
    private static readonly MapAxis Given = MapAxis.EnergyEdges("energy", 0.6369, 1.0539, 2.886, 10);

    [Fact]
    public void An_edge_that_was_moved_is_said_with_the_energy_that_it_went_to() =>
        Assert.Equal(
            [
                "energy edge 1 TeV: not an edge of the datasets' energy axis, the nearest edge at 1.054 TeV is used",
                "energy edge 3 TeV: not an edge of the datasets' energy axis, the nearest edge at 2.886 TeV is used",
            ], MovedEdges.Warnings([0.6369, 1, 3, 10], Given));

    [Fact]
    public void Edges_of_single_precision_and_none_at_all_are_no_moved_ones()
    {
        Assert.Empty(MovedEdges.Warnings([(float)0.6369, (float)1.0539, 2.8861, 10], Given));
        Assert.Empty(MovedEdges.Warnings(null, Given));
    }
}
