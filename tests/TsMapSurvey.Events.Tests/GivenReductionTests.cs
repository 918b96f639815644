using TsMapSurvey.Maps.Resampling;

namespace TsMapSurvey.Events.Tests;

/// <summary>What given maps become on an image.</summary>
public sealed class GivenReductionTests
{
    [Fact]
    public void Quarter()
    {
        var files = new GivenFiles().Fill();
        var shared = SharedCounts.On(GivenFiles.Image, files.Counts);
        for (var k = 0; k < 8; k++)
            for (var y = 0; y < 16; y++)
                for (var x = 0; x < 20; x++) Assert.Equal(files.Counts[k, y / 2, x / 2] / 4, shared[k, y, x], 1e-9);
    }
}
