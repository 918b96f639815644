using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Irf;
using TsMapSurvey.Maps.Time;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Simulation;

/// <summary>Computes the MapDataset of a pointing without sources and without counts.</summary>
internal static class ResponseMaps
{
    /// <summary>Bins of the PSF's profile.</summary>
    internal const int RadBins = 66;

    /// <summary>Pixel size of PSF and EDISP maps, which vary slowly. They are cutouts of one grid for the whole survey.</summary>
    private const double IrfPixelDeg = 0.5;

    private const double IrfMarginDeg = 0.5;
    private const double SquareDegreePerSr = 180 / Math.PI * (180 / Math.PI);

    public static MapDataset Create(Survey survey, Pointing pointing, string name)
    {
        var reachDeg = Instrument.Cherenkov.MaxOffsetDeg;
        return Create(
            Instrument.Cherenkov, pointing, Cutout(survey.Grid, pointing.Position, reachDeg),
            Cutout(IrfGrid(survey.Grid), pointing.Position, reachDeg + IrfMarginDeg), survey.Energy, survey.EnergyTrue, name);
    }

    /// <summary>The dataset of a pointing on any image.</summary>
    public static MapDataset Create(
        Instrument instrument, Pointing pointing, SkyGrid grid, SkyGrid irfGrid, MapAxis energy, MapAxis energyTrue, string name)
    {
        var (offsets, irfOffsets) = (Offsets(grid, pointing.Position), Offsets(irfGrid, pointing.Position));
        return new MapDataset
        {
            Name = name,
            Background = Background(instrument, new MapGeometry(grid, energy), offsets, pointing.OnTimeS),
            Exposure = Exposure(instrument, new MapGeometry(grid, energyTrue), offsets, pointing.LiveTimeS),
            MaskSafe = Mask(instrument, new MapGeometry(grid, energy), offsets),
            Psf = Psf(instrument, irfGrid, energyTrue, irfOffsets, pointing.LiveTimeS),
            Edisp = Edisp(instrument, irfGrid, energy, energyTrue, irfOffsets, pointing.LiveTimeS),
            Gti = GoodTimeIntervals.Of([new TimeInterval(pointing.StartS, pointing.StartS + pointing.OnTimeS)]),
            LiveTimeS = pointing.LiveTimeS,
        };
    }

    /// <summary>A cutout around a position that contains a circle; at high latitudes of a CAR grid it is wider than high.</summary>
    private static SkyGrid Cutout(SkyGrid grid, SkyPosition centre, double radiusDeg)
    {
        grid.TryPixelOf(centre, out double x, out double y);
        var steepest = Math.Min(Math.Abs(centre.To(grid.Frame).LatDeg) + radiusDeg, 85);
        var halfY = (int)Math.Ceiling(radiusDeg / grid.PixelScaleDeg);
        var stretch = grid.Wcs.Projection == Projection.Car ? 1 / Math.Cos(double.DegreesToRadians(steepest)) : 1;
        var halfX = (int)Math.Ceiling(radiusDeg * stretch / grid.PixelScaleDeg);
        halfX = Math.Min(halfX, ((grid.Wcs.TurnPixels ?? int.MaxValue) - 1) / 2);
        return grid.Cutout((int)Math.Round(x) - halfX, (int)Math.Round(y) - halfY, 2 * halfX + 1, 2 * halfY + 1);
    }

    private static SkyGrid IrfGrid(SkyGrid grid)
    {
        var wcs = grid.Wcs;
        return new SkyGrid(Wcs.Create(wcs.Frame, wcs.Projection, wcs.Reference, 0.5, 0.5, -IrfPixelDeg, IrfPixelDeg), 1, 1);
    }

    /// <summary>Offsets from the pointing in degrees; infinite where there is no sky, so that the response is zero there.</summary>
    private static double[] Offsets(SkyGrid grid, SkyPosition pointing)
    {
        var here = pointing.To(grid.Frame);
        var offsets = new double[grid.Width * grid.Height];
        for (var i = 0; i < offsets.Length; i++)
            offsets[i] = grid.PixelCentre(i % grid.Width, i / grid.Width)?.SeparationDeg(here) ?? double.PositiveInfinity;
        return offsets;
    }

    private static Map<double> Background(Instrument instrument, MapGeometry geometry, double[] offsets, double onTimeS)
    {
        var map = new Map<double>(geometry);
        var solidAngles = new double[offsets.Length];
        geometry.Grid!.SolidAnglesSr(solidAngles);
        var edges = geometry.Axes[0].Edges;
        for (var k = 0; k < geometry.PlaneCount; k++)
        {
            var plane = map.Plane(k);
            for (var i = 0; i < plane.Length; i++)
                if (double.IsFinite(offsets[i]))
                    plane[i] = instrument.BackgroundPerSSr(edges[k], edges[k + 1], offsets[i]) * solidAngles[i] * onTimeS;
        }

        return map;
    }

    private static Map<double> Exposure(Instrument instrument, MapGeometry geometry, double[] offsets, double liveTimeS)
    {
        var map = new Map<double>(geometry, "m2 s");
        var centers = geometry.Axes[^1].Centers;
        for (var j = 0; j < geometry.PlaneCount; j++)
        {
            var plane = map.Plane(j);
            for (var i = 0; i < plane.Length; i++) plane[i] = instrument.EffectiveAreaM2(centers[j], offsets[i]) * liveTimeS;
        }

        return map;
    }

    private static Map<bool> Mask(Instrument instrument, MapGeometry geometry, double[] offsets)
    {
        var map = new Map<bool>(geometry);
        var edges = geometry.Axes[0].Edges;
        for (var k = 0; k < geometry.PlaneCount; k++)
        {
            var plane = map.Plane(k);
            for (var i = 0; i < plane.Length; i++)
                plane[i] = offsets[i] < instrument.MaxOffsetDeg && edges[k] >= instrument.ThresholdTeV(offsets[i]);
        }

        return map;
    }

    /// <summary>The PSF, normalised on the rad axis, Σ 2π r q Δr = 1, as by gammapy's makers.</summary>
    private static PsfMap Psf(Instrument instrument, SkyGrid grid, MapAxis energyTrue, double[] offsets, double liveTimeS)
    {
        double[] edges = [.. Enumerable.Range(0, RadBins + 1).Select(i => i * instrument.RadBinDeg)];
        var rad = new MapAxis("rad", edges, AxisInterpolation.Linear, AxisNodes.Edges, "deg");
        var density = new Map<double>(new MapGeometry(grid, rad, energyTrue), "sr-1");
        var profile = new double[RadBins];
        for (var j = 0; j < energyTrue.BinCount; j++)
            for (var i = 0; i < offsets.Length; i++)
            {
                var spread = instrument.Psf(energyTrue.Centers[j], Math.Min(offsets[i], 90));
                for (var r = 0; r < RadBins; r++) profile[r] = spread.DensityPerDeg2(rad.Centers[r]);
                var sum = profile.Select((q, r) => 2 * Math.PI * rad.Centers[r] * q * instrument.RadBinDeg).Sum();
                for (var r = 0; r < RadBins; r++) density.Plane(j * RadBins + r)[i] = profile[r] / sum * SquareDegreePerSr;
            }

        return new PsfMap(density, Exposure(instrument, new MapGeometry(grid, rad.Squash(), energyTrue), offsets, liveTimeS));
    }

    private static EdispMap Edisp(
        Instrument instrument, SkyGrid grid, MapAxis energy, MapAxis energyTrue, double[] offsets, double liveTimeS)
    {
        var kernel = new Map<double>(new MapGeometry(grid, energy, energyTrue));
        for (var j = 0; j < energyTrue.BinCount; j++)
            for (var k = 0; k < energy.BinCount; k++)
                kernel.Plane(j * energy.BinCount + k).Fill(instrument.EnergyDispersion(energy, k, energyTrue.Centers[j]));
        return new EdispMap(kernel, Exposure(instrument, new MapGeometry(grid, energy.Squash(), energyTrue), offsets, liveTimeS));
    }
}
