namespace TsMapSurvey.Tables;

/// <summary>How a table looks in a file.</summary>
public enum TableFormat
{
    /// <summary>Text with units and descriptions, astropy's own: <c>Table.read</c> opens it.</summary>
    Ecsv,

    /// <summary>Plain text with names and values only, for spreadsheets and data frames.</summary>
    Csv,

    /// <summary>The Virtual Observatory's XML, version 1.4.</summary>
    VoTable,

    /// <summary>An array with an object for each row.</summary>
    Json,

    /// <summary>A binary table.</summary>
    Fits,
}
