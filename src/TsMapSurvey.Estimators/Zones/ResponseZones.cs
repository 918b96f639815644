using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Estimators.Zones;

/// <summary>
/// A division of an image into squares, its zones. Each is fitted with the kernel and the energy dispersion at its own centre, for images
/// across which the responses change. All images of one geometry with response maps of one geometry have the same zones.
/// </summary>
public sealed class ResponseZones
{
    private readonly SkyGrid _image;
    private readonly PixelRegion _first;
    private readonly int _columns;
    private readonly int _rows;

    private ResponseZones(SkyGrid image, PixelRegion first)
    {
        (_image, _first) = (image, first);
        (_columns, _rows) = (Squares(image.Width - first.X, first.Width), Squares(image.Height - first.Y, first.Height));
    }

    public int Count => _columns * _rows;

    /// <summary>The whole image as one zone, with the responses at its centre.</summary>
    public static ResponseZones One(SkyGrid image) => new(image, image.Region);

    /// <summary>
    /// Squares of whole response pixels, at least half a kernel wide: with smaller ones, fits would read much more than they fit. One zone
    /// for datasets without response maps, and for fits on blocks of pixels (downsampling).
    /// </summary>
    /// <param name="dataset">A dataset with the image and its response maps.</param>
    /// <param name="options">Options with a kernel width.</param>
    public static ResponseZones Of(MapDataset dataset, TsMapOptions options)
    {
        var image = dataset.Grid;
        var responses = (dataset.Psf?.Density.Geometry ?? dataset.Edisp?.Data.Geometry)?.Grid;
        if (responses is null || options.DownsamplingFactor > 1 || options.KernelWidthDeg is not { } kernelDeg)
            return One(image);
        var pixels = (int)Math.Max(1, Math.Round(responses.PixelScaleDeg / image.PixelScaleDeg));
        var side = pixels * (int)Math.Max(1, Math.Ceiling(kernelDeg / 2 / (pixels * image.PixelScaleDeg)));
        // Response pixels are blocks of the image's pixels, counted from its reference point.
        int Start(double referencePixel) => -Modulo((int)Math.Round(1 - referencePixel), side);
        return new ResponseZones(image, new PixelRegion(Start(image.Wcs.Crpix1), Start(image.Wcs.Crpix2), side, side));
    }

    /// <summary>The zone that contains a pixel of the image.</summary>
    public int At(int x, int y) => (y - _first.Y) / _first.Height * _columns + (x - _first.X) / _first.Width;

    /// <summary>The pixels of a zone inside the image.</summary>
    public PixelRegion Pixels(int zone) =>
        _first.Shift(zone % _columns * _first.Width, zone / _columns * _first.Height).Intersect(_image.Region);

    /// <summary>The zones that have a pixel in a region.</summary>
    public IEnumerable<int> In(PixelRegion region) =>
        Enumerable.Range(0, Count).Where(zone => !Pixels(zone).Intersect(region).IsEmpty);

    /// <summary>The options with which a zone is fitted.</summary>
    public TsMapOptions Options(int zone, TsMapOptions options) =>
        Count == 1 ? options : options with { ResponsesAt = _image.Cutout(Pixels(zone)).Centre };

    public bool IsSameAs(ResponseZones other) => _image.IsSameAs(other._image) && _first == other._first;

    private static int Squares(int length, int side) => (length + side - 1) / side;

    private static int Modulo(int value, int divisor) => (value % divisor + divisor) % divisor;
}
