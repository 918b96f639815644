using TsMapSurvey.Server.Vo.Products;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Server.Vo.Sia;

/// <summary>A product in the terms of ObsCore 1.1 (IVOA Recommendation, 2017-05-09), all but the times.</summary>
internal sealed record SiaRow(Product Product)
{
    /// <summary>Planck's constant times the speed of light in TeV m (SI, 2019): wavelength = this / energy.</summary>
    public const double WavelengthTeVM = 1.239841984332e-18;

    /// <summary>Stands for an integer that is not known.</summary>
    public const long Unknown = -1;

    /// <summary>Headers of the primary HDU and of an image.</summary>
    private const int BytesOfHeaders = 8640;

    /// <summary>An image's header and its table of energies.</summary>
    private const int BytesOfBands = 11_520;

    /// <summary>Quantities that FluxMaps store: norm, its error and limits, ts, stat, npred and the results of the fit.</summary>
    private const int StoredQuantities = 12;

    private readonly SkyGrid _grid = Product.Grid;

    /// <summary>image: one plane; cube: energy bin by energy bin.</summary>
    public string Type => Planes > 1 || Product.Kind is ProductKind.FluxMaps or ProductKind.Dataset ? "cube" : "image";

    /// <summary>3: sums of calibrated observations; 4: computed by an analysis of them.</summary>
    public int Level =>
        Product.Kind == ProductKind.Dataset || (Product.Quantity is { } quantity && QuantityNames.IsOfStack(quantity)) ? 3 : 4;

    public string Target => Product.Tile?.ToString() ?? Product.Survey.Name;

    public string Title => (Product.Kind switch
    {
        ProductKind.Mosaic => $"{Product.Quantity} of {Product.Survey.Name}, map {Product.Map}",
        ProductKind.Quantity => $"{Product.Quantity} of tile {Product.Tile}, map {Product.Map}",
        ProductKind.FluxMaps => $"all quantities of tile {Product.Tile}, map {Product.Map}",
        _ => $"stacked observations of tile {Product.Tile}",
    }) + (Product.Slice == Surveys.TimeSlice.AllName ? "" : $", slice {Product.Slice}");

    public string ObservationId => $"{Product.Survey.Name}/{Target}/{Product.Slice}";

    public int Width => _grid.Width;

    public int Height => _grid.Height;

    public int Planes => Product.Energy.BinCount;

    public double PixelArcsec => 3600 * _grid.PixelScaleDeg;

    public double FieldDeg => Math.Min(360, _grid.PixelScaleDeg * Math.Sqrt((double)Width * Width + (double)Height * Height));

    /// <summary>NaN if the middle of the image is not on the sky.</summary>
    public (double Ra, double Dec) Centre => _grid.Wcs.TryPixelToSky((Width - 1) / 2.0, (Height - 1) / 2.0, out var lon, out var lat)
        && new SkyPosition(lon, lat, _grid.Frame).To(SkyFrame.Icrs) is var icrs
            ? (icrs.LonDeg - 360 * Math.Floor(icrs.LonDeg / 360), icrs.LatDeg) : (double.NaN, double.NaN);

    /// <summary>The image's border in STC-S; empty for an image that is not inside a hemisphere.</summary>
    public string Region => _grid.Outline() is { } outline ? $"POLYGON ICRS {string.Join(' ', outline.Select(Numbers))}" : "";

    public double WavelengthMinM => WavelengthTeVM / Product.Energy.Edges[^1];

    public double WavelengthMaxM => WavelengthTeVM / Product.Energy.Edges[0];

    /// <summary>-1 for datasets: how far gzip compresses them depends on their counts.</summary>
    public long EstimatedKilobytes
    {
        get
        {
            var plane = sizeof(double) * (double)Width * Height;
            return Product.Kind switch
            {
                ProductKind.Dataset => Unknown,
                ProductKind.Mosaic => Kilobytes(sizeof(float) * (double)Width * Height),
                ProductKind.FluxMaps => Kilobytes(StoredQuantities * (Planes * plane + BytesOfBands)),
                _ => Kilobytes(Planes * plane + BytesOfBands),
            };
        }
    }

    /// <summary>The kind of quantity as a UCD.</summary>
    public string Ucd => Product.Quantity switch
    {
        null when Product.Kind == ProductKind.Dataset => "phot.count",
        null or "ts" => "stat.likelihood",
        "sqrt_ts" => "stat.snr",
        "exposure" => "obs.exposure",
        "counts" or "background" or "excess" => "phot.count",
        "flux_err" => "stat.error;phot.flux",
        _ => "phot.flux;em.gamma",
    };

    private static string Numbers(SkyPosition corner) => FormattableString.Invariant($"{corner.LonDeg:0.######} {corner.LatDeg:0.######}");

    private static long Kilobytes(double bytes) => (long)Math.Ceiling((bytes + BytesOfHeaders) / 1000);
}
