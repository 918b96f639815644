using TsMapSurvey.Contracts;
using TsMapSurvey.Estimators;
using TsMapSurvey.Fits;
using TsMapSurvey.Grains;
using TsMapSurvey.Grains.Compute;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Server.Published;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;
using TsMapSurvey.Surveys;
using TsMapSurvey.Surveys.Observed;

namespace TsMapSurvey.Server.Api.Points;

/// <summary>What an observation's file says about a position.</summary>
/// <param name="ExposureM2S">Weighted with the map's spectrum over its whole energy range.</param>
/// <param name="StartS">As in <see cref="Contribution"/>.</param>
internal sealed record ObservationFile(bool CoversPosition, double? ExposureM2S, double? StartS);

/// <summary>Reads observations in the store; what a file says about a position is kept, as a version's content never changes.</summary>
internal sealed class ObservationFiles(IBlobStore blobs, ByteCache cache, SiloMemory silo, ComputeGate gate, GrainOptions limits)
{
    private const int KeptBytes = 400;

    /// <returns>Null if the file cannot be read (it was deleted, or is damaged by now).</returns>
    public async Task<ObservationFile?> ReadAsync(
        KnownSurvey survey, Contribution observation, SkyPosition position, string map, CancellationToken cancellationToken)
    {
        var (options, name) = (survey.Survey.Maps[map], survey.Survey.Definition.Observations + observation.Name);
        if (await blobs.FindAsync(name, cancellationToken) is not { } found) return null;
        var icrs = position.To(SkyFrame.Icrs);
        var key = FormattableString.Invariant($"{name} {found.ETag} {icrs.LonDeg:R},{icrs.LatDeg:R} {survey.Name}/{map}");
        try
        {
            return await cache.GetAsync(
                key, () => gate.RunAsync(
                    ComputeLane.Exports, token => ReadAsync(survey, name, found.ETag, position, options, token), CancellationToken.None),
                _ => KeptBytes, cancellationToken);
        }
        catch (Exception exception) when (exception is FitsException or MapException or SurveyException or FileNotFoundException)
        {
            return null;
        }
    }

    private async Task<ObservationFile> ReadAsync(
        KnownSurvey survey, string name, string eTag, SkyPosition position, TsMapOptions map, CancellationToken cancellationToken)
    {
        await using var stream = await blobs.OpenReadAsync(name, eTag, cancellationToken) ?? throw new FileNotFoundException(name);
        var most = limits.MaxObservationBytes;
        var fits = new FitsLimits { MaxDecompressedBytes = most, MaxHduBytes = most, MaxArrayBytes = most };
        using var file = await Task.Run(() => FitsFile.Open(stream, name, fits), cancellationToken);
        using var room = await silo.Work.AdmitAsync(name, DatasetBytes.OfFile(file), cancellationToken);
        return await Task.Run(
            () =>
            {
                var observed = ObservedFile.Read(file, survey.Survey);
                var start = survey.Survey.Nights.StartOf(observed.Gti);
                if (survey.Survey.Tiling.Owner(position) is not { } owner) return new ObservationFile(false, 0, start);
                var pixel = survey.Survey.GridOf(owner.Tile).Cutout(owner.X, owner.Y, 1, 1);
                var dataset = observed.On(new StackGeometry(pixel, survey.Survey.Energy, survey.Survey.EnergyTrue, null, null));
                if (!dataset.Grid.TryPixelOf(position, out int x, out int y)) return new ObservationFile(false, 0, start);
                var whole = map with { EnergyEdgesTeV = null, AllEnergyBins = false };
                var exposure = BandExposure.Of(dataset, whole, 0, new PixelRegion(x, y, 1, 1))[0];
                var isMasked = dataset.MaskSafe is { } safe
                    && Enumerable.Range(0, safe.Geometry.PlaneCount).All(plane => !safe[plane, y, x]);
                return new ObservationFile(!isMasked && !(exposure <= 0), double.IsNaN(exposure) ? null : exposure, start);
            },
            cancellationToken);
    }
}
