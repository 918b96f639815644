using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Fitting;

/// <summary>
/// A rectangle of an image as runs of pixels that are contiguous both in the image and in an image of only the rectangle.
/// </summary>
internal readonly struct PixelRuns
{
    /// <summary>Rows of a run if the rectangle is as wide as the image; few enough that a run stays in the cache.</summary>
    private const int Rows = 8;

    private readonly PixelRegion _region;
    private readonly int _imageWidth;

    public PixelRuns(PixelRegion region, int imageWidth)
    {
        (_region, _imageWidth) = (region, imageWidth);
        RowsPerRun = region.Width == imageWidth ? Rows : 1;
    }

    public int RowsPerRun { get; }

    public int Count => (_region.Height + RowsPerRun - 1) / RowsPerRun;

    /// <summary>A run's pixels in an image of only the rectangle.</summary>
    public Range this[int run] => Place(run * RowsPerRun * _region.Width, run);

    /// <summary>A run's pixels in the whole image.</summary>
    public Range InImage(int run) => Place((_region.Y + run * RowsPerRun) * _imageWidth + _region.X, run);

    private Range Place(int start, int run) => start..(start + Math.Min(RowsPerRun, _region.Height - run * RowsPerRun) * _region.Width);
}
