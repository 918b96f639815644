using TsMapSurvey.Fits;
using TsMapSurvey.Grains.Observations;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Storage;
using TsMapSurvey.Storage.Layout;
using TsMapSurvey.Surveys;
using TsMapSurvey.Surveys.Observed;

namespace TsMapSurvey.Grains;

/// <summary>A survey and everything that its tiles share, loaded once per silo.</summary>
internal sealed class SurveySetup(Survey survey, MapDataset? irfs, IBlobStore blobs, long tileBudget = long.MaxValue)
{
    private MapDataset? _template;
    private TileBytes? _bytes;

    public Survey Survey { get; } = survey;

    public string Name => Survey.Name;

    /// <summary>The dataset whose IRFs make the kernels of all tiles; null: each tile uses its own.</summary>
    public MapDataset? Irfs { get; } = irfs;

    public IBlobStore Blobs { get; } = blobs;

    public ObservationStore Observations { get; } = new(blobs, survey.Definition.Observations);

    public TileStore Tiles { get; } = new(blobs, survey.Name);

    public RecordCache Records { get; } = new(new ObservationRecords(blobs, survey.Name));

    public SurveyLayout Layout { get; } = new(survey.Name);

    /// <summary>Returns a tile's memory, including the template's IRFs if there is a template.</summary>
    public async ValueTask<TileBytes> TileBytesAsync(CancellationToken cancellationToken)
    {
        if (_bytes is { } known) return known;
        var template = await FindTemplateAsync(cancellationToken);
        var bytes = TileBytes.Of(Survey, template);
        if (template is not null) _bytes = bytes;
        return bytes;
    }

    /// <summary>
    /// Returns the axes and IRF grid of every tile's stack. They come from the first observation: the first silo to write the template blob
    /// wins, and the others read it. If the survey has separate IRFs, the stacks have none.
    /// </summary>
    public async Task<MapDataset> TemplateAsync(IObservedData observation, CancellationToken cancellationToken)
    {
        if (await FindTemplateAsync(cancellationToken) is { } found) return found;
        var template = observation.Template;
        if (Irfs is not null) template = template with { Psf = null, Edisp = null };
        TileBytes.CheckTemplate(Survey, template, tileBudget);
        using var content = new MemoryStream();
        using (var writer = new FitsWriter(content, gzip: true, leaveOpen: true))
            MapDatasetFile.Write(writer, template, FitsElementType.Double);
        content.Position = 0;
        await ImmutableBlobs.PutAsync(Blobs, Layout.Template, content, cancellationToken);
        return await FindTemplateAsync(cancellationToken)
            ?? throw ServiceErrors.Damaged(Layout.Template, "nothing", "the template that was just written");
    }

    /// <summary>Returns the template, which exists once any tile has committed.</summary>
    /// <exception cref="Contracts.SurveyServiceException">StoreRefused: it is damaged or missing.</exception>
    public async Task<MapDataset> TemplateAsync(CancellationToken cancellationToken) =>
        await FindTemplateAsync(cancellationToken)
        ?? throw ServiceErrors.Damaged($"survey {Name}", "no template", "the template of its first observation");

    /// <summary>Returns null before any observation was read.</summary>
    /// <exception cref="Contracts.SurveyServiceException">StoreRefused: it is damaged; no observation is to blame.</exception>
    public async Task<MapDataset?> FindTemplateAsync(CancellationToken cancellationToken)
    {
        try
        {
            return _template ??= await DatasetBlob.FindAsync(Blobs, Layout.Template, FitsLimits.Default, cancellationToken);
        }
        catch (Exception exception) when (exception is FitsException or MapException)
        {
            throw ServiceErrors.Damaged(Layout.Template, exception.Message, "the survey's template");
        }
    }
}
