using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Events.Reduction;

/// <summary>
/// Turns an observation into a dataset on any image: what gammapy's MapDatasetMaker, SafeMaskMaker and FoVBackgroundMaker do.
/// </summary>
public static class DatasetReducer
{
    /// <summary>
    /// The safe energies and the background norm of an observation. Work them out once, on the observation's own field, and use them for
    /// all of its images.
    /// </summary>
    /// <param name="own">The image of the observation's field; see <see cref="ObservationField"/>.</param>
    /// <exception cref="MapException">No energy is safe, or the background cannot be scaled.</exception>
    public static ObservationRange Range(
        EventObservation observation, SkyGrid own, MapAxis energy, MapAxis energyTrue, ReductionOptions options) =>
        Range(observation, own, energy, energyTrue, options, out _);

    /// <inheritdoc cref="Range(EventObservation, SkyGrid, MapAxis, MapAxis, ReductionOptions)"/>
    /// <param name="known">What <see cref="Reduce"/> need not work out again; null if nothing is scaled up to a largest offset.</param>
    public static ObservationRange Range(
        EventObservation observation, SkyGrid own, MapAxis energy, MapAxis energyTrue, ReductionOptions options, out OwnBackground? known)
    {
        known = null;
        var (low, high) = (0.0, double.PositiveInfinity);
        bool Uses(SafeMaskMethod method) => options.SafeMask.Contains(method);
        if (Uses(SafeMaskMethod.AeffDefault))
            (low, high) = (observation.EffectiveArea.LowTeV ?? low, observation.EffectiveArea.HighTeV ?? high);
        if (Uses(SafeMaskMethod.AeffMax)) low = Math.Max(low, SafeEnergies.AeffMax(observation, energyTrue, options.AeffPercent));
        if (Uses(SafeMaskMethod.EdispBias))
            low = Math.Max(low, SafeEnergies.EdispBias(observation, energy, energyTrue, options.BiasPercent));
        if (options.Background == BackgroundMethod.None && !Uses(SafeMaskMethod.BkgPeak)) return new ObservationRange(low, high, 1, 0);

        var field = new FieldPixels(own, observation.Pointing);
        // The peak is that of the whole field; for the norm only safe pixels count.
        var largest = Uses(SafeMaskMethod.BkgPeak) ? double.PositiveInfinity : SafeMask.LargestOffsetDeg(options);
        var background = BackgroundMap.Of(observation, field, energy, largest);
        if (Uses(SafeMaskMethod.BkgPeak)) low = Math.Max(low, SafeEnergies.BkgPeak(background));
        var range = new ObservationRange(low, high, 1, 0);
        if (options.Background == BackgroundMethod.None) return range;
        if (double.IsFinite(largest)) known = new OwnBackground(field, background, largest);
        var counts = CountsMap.Of(observation.Events, field.Grid, energy);
        return BackgroundNorm.Of(observation.Place, counts, background, SafeMask.Of(background, field, range, options), range,
            options.Exclusion);
    }

    /// <summary>The dataset of an observation on an image. Outside the image nothing is computed.</summary>
    /// <param name="range">From <see cref="Range(EventObservation, SkyGrid, MapAxis, MapAxis, ReductionOptions)"/>.</param>
    /// <param name="onlySafe">Whether the dataset is for a stack: on the part of the image around the circle of safe offsets, and with
    /// zeros outside of the circle, which takes less time.</param>
    /// <param name="known">From the same observation's range; null: it is worked out.</param>
    public static MapDataset Reduce(
        EventObservation observation, ReductionTarget target, ObservationRange range, ReductionOptions options, bool onlySafe = false,
        OwnBackground? known = null)
    {
        var largest = onlySafe ? SafeMask.LargestOffsetDeg(options) : double.PositiveInfinity;
        var image = onlySafe ? CircleImage.Around(target.Image, observation.Pointing, largest) : target.Image;
        if (known?.On(image, target.Energy, largest) is not var (field, background))
        {
            field = new FieldPixels(image, observation.Pointing);
            background = BackgroundMap.Of(observation, field, target.Energy, largest);
        }

        if (range.BackgroundNorm != 1)
            for (var i = 0; i < background.Data.Length; i++) background.Data[i] *= range.BackgroundNorm;
        var (psf, edisp) = (Part(target.Psf), Part(target.Edisp));
        var psfField = Field(psf, observation, field);
        return new MapDataset
        {
            Name = observation.ObservationId is { } id ? $"obs_{id}" : Path.GetFileName(observation.Place),
            ObservationId = observation.ObservationId,
            Counts = CountsMap.Of(observation.Events, image, target.Energy),
            Exposure = ExposureMap.Of(observation, field, target.EnergyTrue, largest),
            Background = background,
            MaskSafe = SafeMask.Of(background, field, range, options),
            Psf = psf is not null ? SpreadMap.Of(observation, psfField!, psf) : null,
            Edisp = edisp is not null ? MigrationMap.Of(observation, Field(edisp, observation, psfField ?? field)!, edisp) : null,
            Gti = observation.Gti,
            LiveTimeS = observation.LiveTimeS,
            Warnings = observation.Warnings,
        };

        // A stack takes the response pixels next to safe pixels.
        MapGeometry? Part(MapGeometry? response) => onlySafe && response?.Grid is { } grid
            ? response.WithGrid(CircleImage.Around(grid, observation.Pointing, largest)) : response;
    }

    private static FieldPixels? Field(MapGeometry? geometry, EventObservation observation, FieldPixels known)
    {
        if (geometry is null) return null;
        if (geometry.Grid is not { } grid) throw EventsErrors.Unsupported(observation.Place, "a target with responses on a region",
            "on an image");
        return known.Grid == grid ? known : new FieldPixels(grid, observation.Pointing);
    }
}
