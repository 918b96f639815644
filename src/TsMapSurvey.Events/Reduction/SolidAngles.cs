using System.Runtime.CompilerServices;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Events.Reduction;

/// <summary>
/// The solid angles of an image's pixels, computed once for each image: on a plane that touches the sky they would take more than half of
/// the time of a reduction, and a tile's image is the same for all of its observations.
/// </summary>
internal static class SolidAngles
{
    // By identity, and no longer than the image lives, so that this keeps nothing of tiles that are not in memory.
    private static readonly ConditionalWeakTable<SkyGrid, double[]> Known = [];

    /// <summary>In steradian, row by row; NaN where a corner has no sky position. Must not be changed.</summary>
    public static double[] Of(SkyGrid image) => Known.GetValue(image, Compute);

    private static double[] Compute(SkyGrid image)
    {
        var solidAngles = new double[image.Width * image.Height];
        image.SolidAnglesSr(solidAngles);
        return solidAngles;
    }
}
